import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Disposition } from '@eventkit/shared/operations/operation.ts';
import { List, Warehouse } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { LogEntry } from '#platform/scanner/scan-report.ts';
import { PlaceButton, PlaceCode } from '#platform/scanner/view/place-button.tsx';
import { RecentScans } from '#platform/scanner/view/recent-scans.tsx';
import { ScanFrame } from '#platform/scanner/view/scan-frame.tsx';
import { ThumbButton } from '#platform/scanner/view/thumb-button.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import type { CheckInDetail } from './check-in-detail.ts';
import { countBack } from './count-back.ts';
import { type Asked, DispositionSheet, type Said } from './disposition-sheet.tsx';
import { PlaceSheet } from './place-sheet.tsx';
import { noteOf } from './say-check-in.ts';
import { StillOutSheet } from './still-out-sheet.tsx';
import { fine, useCheckIn } from './use-check-in.ts';

type Question = Asked & {
  /** A scan to correct, or a thing ticked in a list. */
  readonly about: LogEntry<CheckInDetail> | { readonly id: AssetId; readonly code: string };
};

/** What comes back: scan the place once, then thing after thing; fine unless said otherwise. */
export function CheckInScreen({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const speaker = useMemo(() => ({ t, format }), [t, format]);
  const { places, place, setPlace, session, state, tick, correct } = useCheckIn();
  const [isPlacing, setPlacing] = useState(false);
  const [isListing, setListing] = useState(false);
  const [question, setQuestion] = useState<Question | null>(null);

  const { log, shown } = state;
  const backCount = countBack(log);

  if (places !== null && places.length === 0) {
    return (
      <EmptyState icon={<Warehouse />} title={t('checkin.noPlaces')}>
        {t('checkin.noPlacesText')}
      </EmptyState>
    );
  }

  const answer = (asked: Question, said: Said) => {
    const how = { disposition: asked.disposition, ...said };
    if ('number' in asked.about) void correct(asked.about, how);
    else tick(asked.about, how);
  };

  return (
    <ScanFrame
      session={session}
      state={state}
      noteOf={(entry) => noteOf(speaker, entry.detail)}
      title={t('checkin.title')}
      facts={t('checkin.count', { count: backCount, shown: format.count(backCount) })}
      onBack={onBack}
      head={
        <div className="mx-2 mt-1 mb-2 flex-none">
          <PlaceButton
            label={t('checkin.place')}
            hint={t('checkin.placeHint')}
            onClick={() => setPlacing(true)}
          >
            <span className="flex items-baseline gap-2.5">
              <PlaceCode>{place?.code}</PlaceCode>
              <span className="truncate text-[15px]">{place?.name}</span>
            </span>
          </PlaceButton>
        </div>
      }
      first={{ title: t('checkin.first'), note: t('checkin.firstNote') }}
      below={
        <>
          {shown?.detail.kind === 'in' && !shown.isUndone && (
            <HowBar
              now={shown.detail.disposition}
              onPick={(disposition) => {
                if (disposition === 'ok') void correct(shown, fine);
                else setQuestion({ code: shown.code, disposition, about: shown });
              }}
            />
          )}
          <RecentScans
            entries={log.filter((entry) => entry.number !== shown?.number).slice(0, 8)}
            lineOf={(entry) => (isPlain(entry) ? (entry.title ?? '') : noteOf(speaker, entry.detail))}
            onShow={(entry) => session.show(entry)}
          />
        </>
      }
      byHand={
        <ThumbButton
          icon={<List className="icon-lg" />}
          hint={t('checkin.stillOut')}
          onClick={() => setListing(true)}
        >
          {t('scanning.list')}
        </ThumbButton>
      }
      onByHand={() => setListing(true)}
      sheets={
        <>
          <PlaceSheet
            isOpen={isPlacing}
            places={places ?? []}
            place={place}
            onPick={setPlace}
            onClose={() => setPlacing(false)}
          />
          <StillOutSheet
            isOpen={isListing}
            onTick={(thing, disposition) => {
              if (disposition === 'ok') tick(thing, fine);
              else setQuestion({ code: thing.code, disposition, about: thing });
            }}
            onClose={() => setListing(false)}
          />
          <DispositionSheet
            asked={question}
            onRecord={(said) => {
              if (question) answer(question, said);
            }}
            onClose={() => setQuestion(null)}
          />
        </>
      }
    />
  );
}

const dispositions = ['ok', 'damaged', 'consumed', 'lost'] as const;

/** How the thing on the plate came back: one touch opens the words, a second records. */
function HowBar({
  now,
  onPick,
}: {
  readonly now: Disposition;
  readonly onPick: (disposition: Disposition) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className="mx-2 mt-2 grid flex-none grid-cols-4 gap-2">
      <legend className="sr-only">{t('checkin.how')}</legend>
      {dispositions.map((disposition) => (
        <Button
          key={disposition}
          kind={disposition === now ? 'secondary' : 'outline'}
          aria-pressed={disposition === now}
          disabled={disposition === now}
          className="narrower min-h-14 px-0.5 text-[14px]"
          onClick={() => onPick(disposition)}
        >
          {t(`checkin.disposition.${disposition}`)}
        </Button>
      ))}
    </fieldset>
  );
}

function isPlain(entry: LogEntry<CheckInDetail>): boolean {
  return entry.detail.kind === 'in' && entry.detail.disposition === 'ok' && !entry.detail.isFound;
}
