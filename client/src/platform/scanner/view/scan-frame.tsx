import { ChevronLeft, Undo2, Volume2 } from 'lucide-react';
import { lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AssignCode } from '#platform/labels/view/assign-code.tsx';
import { useMayScan } from '#platform/live/use-may-scan.ts';
import type { LogEntry } from '#platform/scanner/scan-report.ts';
import type { ScanSession, SessionState } from '#platform/scanner/scan-session.ts';
import { countOutcomes, nextToUndo } from '#platform/scanner/session-log.ts';
import { useAssigning } from '#platform/scanner/use-assigning.ts';
import { useCameraSwitch } from '#platform/scanner/use-camera-switch.ts';
import { classNames } from '#ui/class-names.ts';
import { IconButton } from '#ui/icon-button.tsx';
import { Notice } from '#ui/notice.tsx';
import type { ScanOutcome } from '#ui/scan-outcome.ts';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { ThumbBar } from '#ui/thumb-bar.tsx';
import { Announcer } from './announcer.tsx';
import { FailureNotices } from './failure-notices.tsx';
import { LampStrip } from './lamp-strip.tsx';
import { LogSheet } from './log-sheet.tsx';
import { OutcomePlate } from './outcome-plate.tsx';
import { sayAnswer } from './say-answer.ts';
import { ScanButton } from './scan-button.tsx';
import { SoundSheet } from './sound-sheet.tsx';
import { ThumbButton } from './thumb-button.tsx';

// Whoever scans with a reader in the hand needs no camera: it comes with the first touch, and then stays.
const CameraPanel = lazy(() =>
  import('./camera-panel.tsx').then((module) => ({ default: module.CameraPanel })),
);

type Answer = ReactElement | false | null;

/** What the frame does for the answer to an entry. */
export type AnswerActs<Detail> = {
  /** Asks which thing its code is on. */
  readonly assign: (entry: LogEntry<Detail>) => void;
};

/**
 * What every screen that scans has: header, failures, camera, plate, lamps with their lists, undo and the scan button
 * by the thumb, sound. A screen fills in what is its own.
 */
export function ScanFrame<Detail>({
  session,
  state,
  noteOf: noteOfScan,
  wordOf,
  title,
  facts,
  onBack,
  head,
  first,
  result,
  below,
  aside,
  answer,
  byHand,
  onByHand,
  sheets,
}: {
  readonly session: ScanSession<Detail>;
  readonly state: SessionState<Detail>;
  /** What an entry came to, in one line. */
  readonly noteOf: (entry: LogEntry<Detail>) => string;
  /** The word on the plate, where the lamp's own does not fit what is done here. */
  readonly wordOf?: (entry: LogEntry<Detail>) => string;
  readonly title: ReactNode;
  readonly facts: ReactNode;
  readonly onBack: () => void;
  /** What is being worked on, above everything that changes with a scan. */
  readonly head: ReactNode;
  /** What to do first, until the first scan. */
  readonly first?: { readonly title: string; readonly note: string };
  /** In place of the plate, where a scan has more to say. */
  readonly result?: ReactNode;
  /** Below the lamps. */
  readonly below: ReactNode;
  /** A second pane, from tablets on. */
  readonly aside?: ReactNode;
  /** In place of the thumb buttons, where a scan asks for an answer. */
  readonly answer?: Answer | ((acts: AnswerActs<Detail>) => Answer);
  /** The thumb button on the right. */
  readonly byHand: ReactNode;
  /** The way out where the camera reads nothing. */
  readonly onByHand: () => void;
  /** Sheets of the screen itself. */
  readonly sheets: ReactNode;
}) {
  const { t } = useTranslation();
  const mayScan = useMayScan();
  const camera = useCameraSwitch();
  const [isTuning, setTuning] = useState(false);
  const [openOutcome, setOpenOutcome] = useState<ScanOutcome | null>(null);
  const { log, shown, flashCount } = state;
  const undoable = nextToUndo(log);
  const hasAside = aside !== undefined;
  const assigning = useAssigning(session);
  const noteOf = (entry: LogEntry<Detail>) =>
    entry.answer === undefined ? noteOfScan(entry) : sayAnswer(t, entry.answer);
  const answered = typeof answer === 'function' ? answer({ assign: assigning.ask }) : answer;

  return (
    <div
      className={classNames(
        'flex min-h-0 flex-1 flex-col tablet:mx-auto tablet:w-full',
        hasAside ? 'tablet:max-w-[1200px]' : 'tablet:max-w-[760px]',
      )}
    >
      <ScreenHeader
        title={title}
        facts={facts}
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
      {!mayScan && (
        <div className="px-4 py-2">
          <Notice title={t('scanning.mayNot.title')}>{t('scanning.mayNot.text')}</Notice>
        </div>
      )}
      <div
        className={classNames(
          'flex min-h-0 flex-1 flex-col',
          hasAside &&
            'tablet:grid tablet:grid-cols-[minmax(0,1fr)_minmax(320px,430px)] tablet:grid-rows-[minmax(0,1fr)_auto]',
        )}
      >
        <div
          className={classNames(
            'flex min-h-0 flex-1 flex-col overflow-y-auto',
            hasAside && 'tablet:row-span-2 tablet:pb-4',
          )}
        >
          {head}
          <FailureNotices state={state} session={session} />
          {camera.isShown && assigning.entry === null && (
            <Suspense fallback={null}>
              <CameraPanel
                key={camera.attempt}
                onFail={camera.fail}
                onCode={(code) => session.submit({ code, assetId: null })}
                onTickByHand={onByHand}
                onClose={camera.close}
              />
            </Suspense>
          )}
          {result ??
            (shown && (
              <OutcomePlate
                outcome={shown.outcome}
                word={wordOf?.(shown) ?? t(`scanning.outcome.${shown.outcome}`)}
                code={shown.code}
                title={shown.title}
                note={noteOf(shown)}
                flashCount={flashCount}
              />
            ))}
          {first && log.length === 0 && (
            <div className="mx-2 flex-none rounded-t-panel border-2 border-b-0 border-dashed border-border px-4 py-5">
              <p className="text-[17px] font-semibold">{first.title}</p>
              <p className="mt-1 text-[14px] text-muted-foreground">{first.note}</p>
            </div>
          )}
          <LampStrip counts={countOutcomes(log)} lit={shown?.outcome ?? null} onOpen={setOpenOutcome} />
          {below}
        </div>
        {hasAside && (
          <div className="hidden min-h-0 overflow-y-auto border-s border-border tablet:block">{aside}</div>
        )}
        <div className={classNames('flex-none', hasAside && 'tablet:border-s tablet:border-border')}>
          {answered || (
            <ThumbBar>
              <ThumbButton
                icon={<Undo2 className="icon-lg" />}
                hint={undoable?.code ?? t('scanning.nothingToUndo')}
                disabled={!undoable}
                onClick={() => void session.undoLast()}
                aria-keyshortcuts="Control+Z Meta+Z"
              >
                {t('scanning.undo')}
              </ThumbButton>
              <ScanButton isOn={camera.isOn} onChange={camera.set} />
              {byHand}
            </ThumbBar>
          )}
        </div>
      </div>
      <Announcer text={announce()} number={log[0]?.number ?? 0} />
      {sheets}
      <LogSheet
        outcome={openOutcome}
        entries={log}
        lineOf={noteOf}
        onUndo={(entry) => void session.undo(entry)}
        onSettle={(entry) => session.settle(entry.number)}
        onAssign={(entry) => {
          setOpenOutcome(null);
          assigning.ask(entry);
        }}
        onClose={() => setOpenOutcome(null)}
      />
      <AssignCode code={assigning.code} onAssigned={assigning.take} onClose={assigning.close} />
      <SoundSheet isOpen={isTuning} onClose={() => setTuning(false)} />
    </div>
  );

  function announce(): string {
    const last = log[0];
    if (!last) return '';
    if (last.isUndone) return t('scanning.said.undone', { code: last.code });
    return t('scanning.said.scan', {
      outcome: wordOf?.(last) ?? t(`scanning.outcome.${last.outcome}`),
      code: last.code,
      title: last.title ?? '',
      note: noteOf(last),
    });
  }
}
