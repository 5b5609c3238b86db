import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { createObservable, type Observable } from '#platform/live/observable.ts';
import type { Platform } from '#platform/platform.ts';
import { noteSight, type SeenCodes } from './code-repeats.ts';
import type { Signal } from './feedback-plan.ts';
import {
  isByHand,
  type LogEntry,
  type RecordedAnswer,
  type ScanFailure,
  type ScanInput,
  type ScanReport,
} from './scan-report.ts';
import { markSettled, markUndone, nextToUndo, noteAnswer, noteScan, type SessionLog } from './session-log.ts';

export type SessionState<Detail> = {
  readonly log: SessionLog<Detail>;
  /** What the plate shows; null before the first scan and after an undo. */
  readonly shown: LogEntry<Detail> | null;
  /** Codes that were heard and not yet worked on. */
  readonly waitingCount: number;
  /** Set while a blocked thing holds everything that comes after it. */
  readonly held: LogEntry<Detail> | null;
  /** Set while the device cannot record; the code that failed waits first in the queue. */
  readonly failure: (ScanFailure & { readonly code: string }) | null;
  /** Set while the last answer to an entry, such as its undo, could not be recorded: everything stands as it stood. */
  readonly answerFailure: (ScanFailure & { readonly code: string }) | null;
  /** Grows with every signal that reached neither ear nor hand: the plate flashes. */
  readonly flashCount: number;
};

export type ScanSession<Detail> = {
  readonly state: Observable<SessionState<Detail>>;
  /** Takes a code in; it is worked on in its turn and never lost while the page lives. */
  submit(input: ScanInput): void;
  /** Goes on with what waited when the screen was left. */
  start(): void;
  /** Lets the queue go on after a failure. */
  retry(): void;
  /** Answers what is held, by recording something else in its place or nothing, and lets the queue go on. */
  release(
    answer: () => Promise<Result<ScanReport<Detail> | null, ScanFailure>>,
  ): Promise<Result<void, ScanFailure>>;
  settle(number: number): void;
  /** Notes what was recorded as the answer to an entry: it is settled, and Undo takes the answer back first. */
  answer(entry: LogEntry<Detail>, recorded: RecordedAnswer): void;
  /** Takes an entry back by a new operation; `nothing_to_undo` where it recorded nothing or is taken back already. */
  undo(entry: LogEntry<Detail>): Promise<Result<void, ScanFailure | { readonly tag: 'nothing_to_undo' }>>;
  undoLast(): Promise<Result<LogEntry<Detail>, ScanFailure | { readonly tag: 'nothing_to_undo' }>>;
  /** An answer to an entry could not be recorded: that is said where everybody sees it. */
  noteFailure(entry: LogEntry<Detail>, failure: ScanFailure): void;
  /** Shows an entry of the log on the plate again. */
  show(entry: LogEntry<Detail> | null): void;
  /** The person has read that the last answer was not recorded. */
  dismissAnswerFailure(): void;
};

export type ScanSessionDeps<Detail> = {
  /**
   * Judges and records one code. Runs one at a time, in the order of submitting. Null where the code was an order to
   * the screen, such as the label of a place to work at, and is no scan of a thing.
   */
  readonly scan: (input: ScanInput) => Promise<Result<ScanReport<Detail> | null, ScanFailure>>;
  readonly recordOperation: Platform['recordOperation'];
  /** Told after the commit, never before; true where it got through to the person. */
  readonly signal: (signal: Signal) => boolean;
  readonly nowMs: () => number;
  /** Takes what a scan threw: a fault of the program, for whoever watches over it. */
  readonly report: (error: unknown) => void;
  /** What the session starts with after a reload. */
  readonly log?: SessionLog<Detail>;
  /** Codes that waited when the screen was left; `start` goes on with them. */
  readonly waiting?: readonly ScanInput[];
  /** Told whenever what waits has changed, so that it outlives the screen. */
  readonly keepWaiting?: (waiting: readonly ScanInput[]) => void;
};

/** One person scanning one thing after the other: in order, one at a time, nothing lost, everything undoable. */
export function createScanSession<Detail>(deps: ScanSessionDeps<Detail>): ScanSession<Detail> {
  const queue: ScanInput[] = [...(deps.waiting ?? [])];
  const held = unansweredBlock(deps.log);
  const state = createObservable<SessionState<Detail>>({
    log: deps.log ?? [],
    shown: held,
    waitingCount: queue.length,
    held,
    failure: null,
    answerFailure: null,
    flashCount: 0,
  });
  let seen: SeenCodes = new Map();
  let isWorking = false;

  const change = (part: Partial<SessionState<Detail>>) => state.set({ ...state.current(), ...part });

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    try {
      for (let input = next(); input; input = next()) {
        const report = await scanned(input);
        if (report.ok) {
          queue.shift();
          deps.keepWaiting?.(queue);
          if (report.value) take(report.value, isByHand(input));
          else change({ waitingCount: queue.length });
        } else {
          change({ failure: { ...report.error, code: input.code } });
          tell('blocked');
        }
      }
    } finally {
      isWorking = false;
    }
  }

  /** A scan that breaks stops the queue where everybody sees it; the code waits like one that found no room. */
  async function scanned(input: ScanInput): ReturnType<typeof deps.scan> {
    try {
      return await deps.scan(input);
    } catch (error) {
      deps.report(error);
      return err({ tag: 'storage_failed', problem: String(error) });
    }
  }

  function next(): ScanInput | undefined {
    return state.current().held || state.current().failure ? undefined : queue[0];
  }

  function take(report: ScanReport<Detail>, wasByHand: boolean): void {
    const noted = wasByHand ? { ...report, isByHand: true as const } : report;
    const log = noteScan(state.current().log, noted, deps.nowMs());
    const entry = log[0] ?? null;
    const held = report.outcome === 'blocked' ? entry : null;
    change({ log, shown: entry, waitingCount: queue.length, held });
    tell(report.outcome);
    if (report.completesLine) tell('line_complete');
  }

  function tell(signal: Signal): void {
    if (!deps.signal(signal)) change({ flashCount: state.current().flashCount + 1 });
  }

  async function undo(entry: LogEntry<Detail>): ReturnType<ScanSession<Detail>['undo']> {
    const now = state.current().log.find(({ number }) => number === entry.number);
    if (!now || now.operationId === null || now.isUndone) return err({ tag: 'nothing_to_undo' });
    const recorded = await deps.recordOperation({ kind: 'undo', operationId: now.operationId });
    if (!recorded.ok) {
      notAnswered(recorded.error, entry.code);
      return recorded;
    }
    // What was taken back may be scanned again at once.
    seen = new Map();
    const { log, shown } = state.current();
    const isShown = shown?.number === entry.number;
    change({ log: markUndone(log, entry.number), shown: isShown ? null : shown, answerFailure: null });
    return ok(undefined);
  }

  function notAnswered(failure: ScanFailure, code: string): void {
    change({ answerFailure: { ...failure, code } });
    tell('blocked');
  }

  return {
    state,
    submit(input) {
      // A tick is meant every time.
      if (input.assetId === null) {
        const noted = noteSight(seen, input.code, deps.nowMs());
        seen = noted.seen;
        if (noted.isRepeat) return;
      }
      queue.push(input);
      deps.keepWaiting?.(queue);
      change({ waitingCount: queue.length });
      void work();
    },
    start: () => void work(),
    retry() {
      change({ failure: null });
      void work();
    },
    async release(answer) {
      const { held } = state.current();
      if (!held) return ok(undefined);
      const answered = await answer();
      if (!answered.ok) {
        notAnswered(answered.error, held.code);
        return answered;
      }
      // Answered twice at once: the second answer must not let go of what was held since.
      if (state.current().held?.number !== held.number) return ok(undefined);
      const log = markSettled(state.current().log, held.number);
      change({ held: null, log, shown: null, answerFailure: null });
      if (answered.value) take(answered.value, held.isByHand === true);
      void work();
      return ok(undefined);
    },
    settle(number) {
      change({ log: markSettled(state.current().log, number) });
    },
    answer(entry, recorded) {
      const log = noteAnswer(state.current().log, entry, recorded, deps.nowMs());
      // What the code was before is no longer what it is: it may be scanned again at once.
      seen = new Map();
      change({ log, shown: log[0] ?? null });
      tell('ok');
      if (recorded.completesLine) tell('line_complete');
    },
    undo,
    async undoLast() {
      const entry = nextToUndo(state.current().log);
      if (!entry) return err({ tag: 'nothing_to_undo' });
      const undone = await undo(entry);
      return undone.ok ? ok(entry) : undone;
    },
    noteFailure: (entry, failure) => notAnswered(failure, entry.code),
    show(entry) {
      change({ shown: entry });
    },
    dismissAnswerFailure() {
      change({ answerFailure: null });
    },
  };
}

/** Whoever left the screen before a blocked thing was answered comes back to the question. */
function unansweredBlock<Detail>(log: SessionLog<Detail> = []): LogEntry<Detail> | null {
  const [last] = log;
  return last?.outcome === 'blocked' && !last.isSettled ? last : null;
}
