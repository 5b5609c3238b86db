import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { List, PackageCheck } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { PlanChangesBanner } from '#platform/edits/view/plan-changes-banner.tsx';
import { OverrideSheet } from '#platform/scanner/view/override-sheet.tsx';
import { RecentScans } from '#platform/scanner/view/recent-scans.tsx';
import { ResultPanel } from '#platform/scanner/view/result-panel.tsx';
import { sayAnswer } from '#platform/scanner/view/say-answer.ts';
import { ScanFrame } from '#platform/scanner/view/scan-frame.tsx';
import { ThumbButton } from '#platform/scanner/view/thumb-button.tsx';
import { useSurplusAnswers } from '#platform/surplus/use-surplus-answers.ts';
import { InsteadOf } from '#platform/surplus/view/instead-of.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import type { ScanOutcome } from '#ui/scan-outcome.ts';
import { AnswerBar, type Answers } from './answer-bar.tsx';
import type { CheckOutDetail } from './check-out-detail.ts';
import { LoadHead } from './load-head.tsx';
import { MissingList } from './missing-list.tsx';
import { noteOf } from './say-check-out.ts';
import { sayResult } from './say-result.tsx';
import { TickSheet } from './tick-sheet.tsx';
import { useCheckOut } from './use-check-out.ts';

/** Scanning out to one event: reading above, acting by the thumb; the scanner works anywhere on it. */
export function ScanScreen({ eventId, onBack }: { readonly eventId: EventId; readonly onBack: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const speaker = useMemo(() => ({ t, format }), [t, format]);
  const { event, session, state, load, missing, takeAnyway, setAside } = useCheckOut(eventId);
  const surplus = useSurplusAnswers(eventId, session, (detail) =>
    detail.kind === 'wrong_event' ? detail : null,
  );
  const [isTicking, setTicking] = useState(false);
  const [isOverriding, setOverriding] = useState(false);

  const { log, shown, held, waitingCount, flashCount } = state;
  const head = event.rows[0];
  if (event.status === 'ready' && !head) {
    return (
      <EmptyState icon={<PackageCheck />} title={t('scanning.gone.title')}>
        {t('scanning.gone.text')}
      </EmptyState>
    );
  }

  const result = shown && !shown.isSettled ? sayResult(speaker, shown, waitingCount) : null;
  const recent = log.filter((entry) => entry.number !== shown?.number).slice(0, 12);
  const counts = { done: format.count(load?.outCount ?? 0), of: format.count(load?.wantedCount ?? 0) };
  const answers: Omit<Answers, 'assign'> = {
    ...surplus.answers,
    setAside: () => void setAside(),
    takeAnyway: () => setOverriding(true),
  };

  return (
    <ScanFrame
      session={session}
      state={state}
      noteOf={(entry) => noteOf(speaker, entry.detail)}
      title={
        <>
          <span className="sr-only tablet:not-sr-only">{t('scanning.act')} · </span>
          <span className="narrower tablet:font-stretch-[96%]">{head?.name}</span>
        </>
      }
      facts={
        <>
          <span className="font-medium text-foreground tablet:hidden">{t('scanning.act')} · </span>
          {shown && result
            ? t(isCounted(shown.detail) ? 'scanning.progress' : 'scanning.notCounted', counts)
            : head?.loadAt
              ? leaving(head.loadAt, head.venue)
              : t('scanning.progress', counts)}
        </>
      }
      onBack={onBack}
      head={
        load && (
          <div className={result ? 'hidden flex-none tablet:block' : 'flex-none'}>
            <PlanChangesBanner eventId={eventId} />
            <LoadHead load={load} missing={missing} />
          </div>
        )
      }
      first={{ title: t('scanning.first'), note: t('scanning.firstNote') }}
      result={
        shown &&
        result && (
          <ResultPanel
            outcome={shown.outcome}
            word={t(`scanning.outcome.${shown.outcome}`)}
            hint={result.hint}
            code={shown.code}
            title={shown.title}
            facts={result.facts}
            note={result.note}
            flashCount={flashCount}
          />
        )
      }
      below={
        <>
          {shown?.outcome !== 'blocked' && (
            <div className={result ? 'hidden flex-none tablet:block' : 'flex-none'}>
              <RecentScans
                isShort
                entries={recent}
                lineOf={(entry) =>
                  entry.answer === undefined
                    ? lineOf(entry.title, noteOf(speaker, entry.detail), entry.outcome)
                    : sayAnswer(t, entry.answer)
                }
                onShow={(entry) => session.show(entry)}
              />
            </div>
          )}
          {!result && missing.length > 0 && (
            <div className="tablet:hidden">
              <MissingList lines={missing} />
            </div>
          )}
        </>
      }
      aside={missing.length > 0 && <MissingList lines={missing} />}
      answer={({ assign }) =>
        shown && result && <AnswerBar entry={shown} isHeld={held !== null} answers={{ ...answers, assign }} />
      }
      byHand={
        <ThumbButton
          icon={<List className="icon-lg" />}
          hint={t('scanning.lines', {
            count: load?.lines.length ?? 0,
            shown: format.count(load?.lines.length ?? 0),
          })}
          onClick={() => setTicking(true)}
        >
          {t('scanning.list')}
        </ThumbButton>
      }
      onByHand={() => setTicking(true)}
      sheets={
        <>
          <TickSheet
            isOpen={isTicking}
            eventId={eventId}
            load={load}
            onTick={(unit) => session.submit({ code: unit.code, assetId: unit.id })}
            onCode={(code) => session.submit({ code, assetId: null })}
            onClose={() => setTicking(false)}
          />
          <InsteadOf
            standIn={surplus.standIn}
            eventId={eventId}
            onReplaced={surplus.takeReplaced}
            onClose={surplus.closeInstead}
          />
          <OverrideSheet
            code={isOverriding ? (held?.code ?? null) : null}
            onTake={(reason) => void takeAnyway(reason)}
            onClose={() => setOverriding(false)}
          />
        </>
      }
    />
  );

  function leaving(at: NonNullable<NonNullable<typeof head>['loadAt']>, venue: string): string {
    const time = format.shortMoment(at, nowForDisplay());
    return venue === '' ? t('scanning.leaves', { time }) : t('scanning.leavesAt', { time, venue });
  }
}

/** What came from another event fills a line here until it is put back; everything else that waits fills none. */
function isCounted(detail: CheckOutDetail): boolean {
  return detail.kind === 'wrong_event' && detail.why === 'other_event' && detail.tally !== null;
}

/** A good scan says what it is; every other says what it came to. */
function lineOf(title: string | null, note: string, outcome: ScanOutcome): string {
  return outcome === 'ok' && title !== null ? title : note;
}
