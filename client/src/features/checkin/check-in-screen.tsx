import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Disposition } from '@eventkit/shared/operations/operation.ts';
import { ChevronLeft, List, MapPin, Undo2, Volume2, Warehouse } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { LogEntry } from '#platform/scanner/scan-report.ts';
import { countOutcomes, nextToUndo } from '#platform/scanner/session-log.ts';
import { useCameraSwitch } from '#platform/scanner/use-camera-switch.ts';
import { Announcer } from '#platform/scanner/view/announcer.tsx';
import { CameraPanel } from '#platform/scanner/view/camera-panel.tsx';
import { FailureNotices } from '#platform/scanner/view/failure-notices.tsx';
import { LampStrip } from '#platform/scanner/view/lamp-strip.tsx';
import { LogSheet } from '#platform/scanner/view/log-sheet.tsx';
import { OutcomePlate } from '#platform/scanner/view/outcome-plate.tsx';
import { RecentScans } from '#platform/scanner/view/recent-scans.tsx';
import { ScanButton } from '#platform/scanner/view/scan-button.tsx';
import { SoundSheet } from '#platform/scanner/view/sound-sheet.tsx';
import { ThumbButton } from '#platform/scanner/view/thumb-button.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import type { ScanOutcome } from '#ui/scan-outcome.ts';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { ThumbBar } from '#ui/thumb-bar.tsx';
import type { CheckInDetail } from './check-in-detail.ts';
import { countBack } from './count-back.ts';
import { type Asked, DispositionSheet } from './disposition-sheet.tsx';
import { PlaceSheet } from './place-sheet.tsx';
import { noteOf } from './say-check-in.ts';
import { StillOutSheet } from './still-out-sheet.tsx';
import { useCheckIn } from './use-check-in.ts';

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
  const camera = useCameraSwitch();
  const [isPlacing, setPlacing] = useState(false);
  const [isListing, setListing] = useState(false);
  const [isTuning, setTuning] = useState(false);
  const [openOutcome, setOpenOutcome] = useState<ScanOutcome | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);

  const { log, shown, flashCount } = state;
  const undoable = nextToUndo(log);
  const counts = countOutcomes(log);
  const last = log[0];
  const backCount = countBack(log);

  if (places !== null && places.length === 0) {
    return (
      <EmptyState icon={<Warehouse />} title={t('checkin.noPlaces')}>
        {t('checkin.noPlacesText')}
      </EmptyState>
    );
  }

  const answer = (asked: Question, note: string | null) => {
    const how = { disposition: asked.disposition, note };
    if ('number' in asked.about) void correct(asked.about, how);
    else tick(asked.about, how);
  };

  return (
    <div className="flex min-h-0 flex-1 flex-col tablet:mx-auto tablet:w-full tablet:max-w-[760px]">
      <ScreenHeader
        title={t('checkin.title')}
        facts={t('checkin.count', { count: backCount, shown: format.count(backCount) })}
        back={
          <IconButton label={t('common.back')} onClick={onBack}>
            <ChevronLeft className="icon-lg" />
          </IconButton>
        }
        actions={
          <IconButton label={t('scanning.sound.open')} onClick={() => setTuning(true)}>
            <Volume2 className="icon-lg" />
          </IconButton>
        }
      />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto pt-1">
        <button
          type="button"
          onClick={() => setPlacing(true)}
          className="mx-2 mb-2 flex min-h-18 flex-none items-center gap-3 rounded-panel border border-border bg-card px-3 text-left hover:bg-hover"
        >
          <MapPin className="icon-lg text-muted-foreground" aria-hidden="true" />
          <span className="min-w-0 flex-1">
            <span className="block text-[13px] text-muted-foreground">{t('checkin.place')}</span>
            <span className="flex items-baseline gap-2.5">
              <span className="font-mono text-[24px] leading-tight font-semibold tracking-[-0.02em]">
                {place?.code}
              </span>
              <span className="truncate text-[15px]">{place?.name}</span>
            </span>
          </span>
          <span className="max-w-28 text-right text-[12.5px] leading-tight text-muted-foreground">
            {t('checkin.placeHint')}
          </span>
        </button>
        <FailureNotices state={state} session={session} />
        {camera.isShown && (
          <CameraPanel
            key={camera.attempt}
            onFail={camera.fail}
            onCode={(code) => session.submit({ code, assetId: null })}
            onTickByHand={() => setListing(true)}
            onClose={camera.close}
          />
        )}
        {shown ? (
          <OutcomePlate
            outcome={shown.outcome}
            word={t(`scanning.outcome.${shown.outcome}`)}
            code={shown.code}
            title={shown.title}
            note={noteOf(speaker, shown.detail)}
            flashCount={flashCount}
          />
        ) : (
          log.length === 0 && (
            <div className="mx-2 rounded-t-panel border-2 border-b-0 border-dashed border-border px-4 py-5">
              <p className="text-[17px] font-semibold">{t('checkin.first')}</p>
              <p className="mt-1 text-[14px] text-muted-foreground">{t('checkin.firstNote')}</p>
            </div>
          )
        )}
        <LampStrip counts={counts} lit={shown?.outcome ?? null} onOpen={setOpenOutcome} />
        {shown?.detail.kind === 'in' && !shown.isUndone && (
          <HowBar
            now={shown.detail.disposition}
            onPick={(disposition) => {
              if (disposition === 'ok') void correct(shown, { disposition, note: null });
              else setQuestion({ code: shown.code, disposition, about: shown });
            }}
          />
        )}
        <RecentScans
          entries={log.filter((entry) => entry.number !== shown?.number).slice(0, 8)}
          lineOf={(entry) => (isPlain(entry) ? (entry.title ?? '') : noteOf(speaker, entry.detail))}
          onShow={(entry) => session.show(entry)}
        />
      </div>
      <ThumbBar>
        <ThumbButton
          icon={<Undo2 className="icon-lg" />}
          hint={undoable?.code ?? t('scanning.nothingToUndo')}
          disabled={!undoable}
          onClick={() => void session.undoLast()}
        >
          {t('scanning.undo')}
        </ThumbButton>
        <ScanButton isOn={camera.isOn} onChange={camera.set} />
        <ThumbButton
          icon={<List className="icon-lg" />}
          hint={t('checkin.stillOut')}
          onClick={() => setListing(true)}
        >
          {t('scanning.list')}
        </ThumbButton>
      </ThumbBar>
      <Announcer
        number={last?.number ?? 0}
        text={
          last
            ? t('scanning.said.scan', {
                outcome: t(`scanning.outcome.${last.outcome}`),
                code: last.code,
                title: last.title ?? '',
                note: noteOf(speaker, last.detail),
              })
            : ''
        }
      />
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
          if (disposition === 'ok') tick(thing, { disposition, note: null });
          else setQuestion({ code: thing.code, disposition, about: thing });
        }}
        onClose={() => setListing(false)}
      />
      <DispositionSheet
        asked={question}
        onRecord={(note) => {
          if (question) answer(question, note);
        }}
        onClose={() => setQuestion(null)}
      />
      <LogSheet
        outcome={openOutcome}
        entries={log}
        lineOf={(entry) => noteOf(speaker, entry.detail)}
        onUndo={(entry) => void session.undo(entry)}
        onSettle={(entry) => session.settle(entry.number)}
        onClose={() => setOpenOutcome(null)}
      />
      <SoundSheet isOpen={isTuning} onClose={() => setTuning(false)} />
    </div>
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
