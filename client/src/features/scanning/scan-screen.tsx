import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { ChevronLeft, List, PackageCheck, Undo2, Volume2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { countOutcomes, nextToUndo } from '#platform/scanner/session-log.ts';
import { useCameraSwitch } from '#platform/scanner/use-camera-switch.ts';
import { Announcer } from '#platform/scanner/view/announcer.tsx';
import { CameraPanel } from '#platform/scanner/view/camera-panel.tsx';
import { FailureNotices } from '#platform/scanner/view/failure-notices.tsx';
import { LampStrip } from '#platform/scanner/view/lamp-strip.tsx';
import { LogSheet } from '#platform/scanner/view/log-sheet.tsx';
import { OutcomePlate } from '#platform/scanner/view/outcome-plate.tsx';
import { RecentScans } from '#platform/scanner/view/recent-scans.tsx';
import { ResultPanel } from '#platform/scanner/view/result-panel.tsx';
import { ScanButton } from '#platform/scanner/view/scan-button.tsx';
import { SoundSheet } from '#platform/scanner/view/sound-sheet.tsx';
import { ThumbButton } from '#platform/scanner/view/thumb-button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import type { ScanOutcome } from '#ui/scan-outcome.ts';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { ThumbBar } from '#ui/thumb-bar.tsx';
import { AnswerBar, type Answers } from './answer-bar.tsx';
import type { CheckOutDetail } from './check-out-detail.ts';
import { LoadHead } from './load-head.tsx';
import { MissingList } from './missing-list.tsx';
import { OverrideSheet } from './override-sheet.tsx';
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
  const camera = useCameraSwitch();
  const [openOutcome, setOpenOutcome] = useState<ScanOutcome | null>(null);
  const [isTicking, setTicking] = useState(false);
  const [isOverriding, setOverriding] = useState(false);
  const [isTuning, setTuning] = useState(false);

  const { log, shown, held, waitingCount, flashCount } = state;
  const head = event.rows[0];
  if (event.status === 'ready' && !head) {
    return (
      <EmptyState icon={<PackageCheck />} title={t('scanning.gone.title')}>
        {t('scanning.gone.text')}
      </EmptyState>
    );
  }

  const undoable = nextToUndo(log);
  const result = shown && !shown.isSettled ? sayResult(speaker, shown, waitingCount) : null;
  const recent = log.filter((entry) => entry.number !== shown?.number).slice(0, 12);
  const counts = { done: format.count(load?.outCount ?? 0), of: format.count(load?.wantedCount ?? 0) };
  const scanned = (code: string) => session.submit({ code, assetId: null });
  const answers: Answers = {
    putBack: (entry) => void session.undo(entry),
    keep: (entry) => {
      session.settle(entry.number);
      session.show(null);
    },
    setAside: () => void setAside(),
    takeAnyway: () => setOverriding(true),
  };

  return (
    <div className="flex min-h-0 flex-1 flex-col tablet:mx-auto tablet:w-full tablet:max-w-[1200px]">
      <ScreenHeader
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
      <div className="flex min-h-0 flex-1 flex-col tablet:grid tablet:grid-cols-[minmax(0,1fr)_minmax(320px,430px)] tablet:grid-rows-[minmax(0,1fr)_auto]">
        <div className="flex min-h-0 flex-1 flex-col overflow-y-auto tablet:row-span-2 tablet:pb-4">
          {load && (
            <div className={result ? 'hidden flex-none tablet:block' : 'flex-none'}>
              <LoadHead load={load} missing={missing} />
            </div>
          )}
          <FailureNotices state={state} session={session} />
          {camera.isShown && (
            <CameraPanel
              key={camera.attempt}
              onFail={camera.fail}
              onCode={scanned}
              onTickByHand={() => setTicking(true)}
              onClose={camera.close}
            />
          )}
          {shown && result ? (
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
          ) : (
            shown && (
              <OutcomePlate
                outcome={shown.outcome}
                word={t(`scanning.outcome.${shown.outcome}`)}
                code={shown.code}
                title={shown.title}
                note={noteOf(speaker, shown.detail)}
                flashCount={flashCount}
              />
            )
          )}
          {!shown && log.length === 0 && (
            <div className="mx-2 rounded-panel rounded-b-none border-2 border-b-0 border-dashed border-border px-4 py-5">
              <p className="text-[17px] font-semibold">{t('scanning.first')}</p>
              <p className="mt-1 text-[14px] text-muted-foreground">{t('scanning.firstNote')}</p>
            </div>
          )}
          <LampStrip counts={countOutcomes(log)} lit={shown?.outcome ?? null} onOpen={setOpenOutcome} />
          {shown?.outcome !== 'blocked' && (
            <div className={result ? 'hidden flex-none tablet:block' : 'flex-none'}>
              <RecentScans
                isShort
                entries={recent}
                lineOf={(entry) => lineOf(entry.title, noteOf(speaker, entry.detail), entry.outcome)}
                onShow={(entry) => session.show(entry)}
              />
            </div>
          )}
          {!result && missing.length > 0 && (
            <div className="tablet:hidden">
              <MissingList lines={missing} />
            </div>
          )}
        </div>
        <div className="hidden min-h-0 overflow-y-auto border-l border-border tablet:block">
          {missing.length > 0 && <MissingList lines={missing} />}
        </div>
        <div className="flex-none tablet:border-l tablet:border-border">
          {shown && result ? (
            <AnswerBar entry={shown} isHeld={held !== null} answers={answers} />
          ) : (
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
                hint={t('scanning.lines', {
                  count: load?.lines.length ?? 0,
                  shown: format.count(load?.lines.length ?? 0),
                })}
                onClick={() => setTicking(true)}
              >
                {t('scanning.list')}
              </ThumbButton>
            </ThumbBar>
          )}
        </div>
      </div>
      <Announcer text={announce()} number={log[0]?.number ?? 0} />
      <LogSheet
        outcome={openOutcome}
        entries={log}
        lineOf={(entry) => noteOf(speaker, entry.detail)}
        onUndo={(entry) => void session.undo(entry)}
        onSettle={(entry) => session.settle(entry.number)}
        onClose={() => setOpenOutcome(null)}
      />
      <TickSheet
        isOpen={isTicking}
        eventId={eventId}
        load={load}
        onTick={(unit) => session.submit({ code: unit.code, assetId: unit.id })}
        onCode={scanned}
        onClose={() => setTicking(false)}
      />
      <OverrideSheet
        code={isOverriding ? (held?.code ?? null) : null}
        onTake={(reason) => void takeAnyway(reason)}
        onClose={() => setOverriding(false)}
      />
      <SoundSheet isOpen={isTuning} onClose={() => setTuning(false)} />
    </div>
  );

  function leaving(at: NonNullable<NonNullable<typeof head>['loadAt']>, venue: string): string {
    const time = format.shortMoment(at, nowForDisplay());
    return venue === '' ? t('scanning.leaves', { time }) : t('scanning.leavesAt', { time, venue });
  }

  function announce(): string {
    const last = log[0];
    if (!last) return '';
    if (last.isUndone) return t('scanning.said.undone', { code: last.code });
    return t('scanning.said.scan', {
      outcome: t(`scanning.outcome.${last.outcome}`),
      code: last.code,
      title: last.title ?? '',
      note: noteOf(speaker, last.detail),
    });
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
