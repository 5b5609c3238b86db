import type { FindDeciding } from '#platform/operations/deciding.ts';
import { redecidePending } from '#platform/operations/redecide-pending.ts';
import type { Replica } from '#platform/replica/replica.ts';
import { coalesce } from './coalesce.ts';
import type { Timers } from './timers.ts';

/** A full disk or a part of the app that could not be fetched: nothing tells when that is over. */
const AGAIN_AFTER_MS = 5_000;

/**
 * Decides guesses again, until `signal`, whenever something below them has changed; the first time at once. One look after
 * all that comes within `settleMs`. What fails is told and tried again, or a guess would stay as it is for as long as
 * nothing else happens.
 */
export function keepDeciding(
  ports: {
    readonly replica: Replica;
    readonly findDeciding: FindDeciding;
    readonly timers: Timers;
    readonly settleMs: number;
    readonly onProblem: (error: unknown) => void;
  },
  signal: AbortSignal,
): void {
  const { replica, findDeciding, timers, settleMs, onProblem } = ports;
  const decide = coalesce(() => redecidePending(replica, findDeciding));
  let cancelNext = (): void => undefined;
  const look = () => {
    decide().catch((error: unknown) => {
      if (signal.aborted) return;
      onProblem(error);
      cancelNext();
      cancelNext = timers.after(AGAIN_AFTER_MS, look);
    });
  };
  signal.addEventListener('abort', () => cancelNext());
  replica.onChange({ onChange: look }, { tables: ['dirty_subjects'], throttleMs: settleMs, signal });
  look();
}
