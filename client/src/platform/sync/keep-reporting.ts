import { markLossesSeen, markLossesTold, readLosses } from '#platform/device/lost-storages.ts';
import { readOutboxReport } from '#platform/outbox/outbox-store.ts';
import { readDeviceState } from '#platform/replica/device-state.ts';
import type { Replica } from '#platform/replica/replica.ts';
import { coalesce } from './coalesce.ts';
import type { CorrectedClock } from './corrected-clock.ts';
import type { DeviceReport, ReportDevice } from './device-report.ts';
import type { Timers } from './timers.ts';

/** A report that did not arrive, and the token before it did: the line is bad, not gone. */
const AGAIN_AFTER_MS = 10_000;

export type Reporter = {
  /** How this device is, and what it has lost. */
  tellServer(): Promise<void>;
  /** Says what people need to be told of lost storages. */
  lookAtLosses(): Promise<void>;
  /** A person has read it. */
  noteLossSeen(): Promise<void>;
};

/**
 * Tells the server, and people. The server is told whenever the stream gets a token: at its start and every five minutes
 * from then on, so a device with nothing to send is heard of too. A loss that did not reach it is told again sooner.
 */
export function createReporter(
  ports: {
    readonly replica: Replica;
    readonly clock: CorrectedClock;
    readonly timers: Timers;
    readonly reportDevice: ReportDevice;
    readonly isStorageKept: () => boolean;
    /** How many operations went unsent with lost storages, at most; null where none was lost. */
    readonly onLosses: (lostCount: number | null) => void;
    readonly onProblem: (error: unknown) => void;
  },
  signal: AbortSignal,
): Reporter {
  const { replica, clock, timers, reportDevice } = ports;
  const lookAtLosses = async () => {
    const unseen = (await readLosses(replica)).filter(({ isSeen }) => !isSeen);
    const count = unseen.reduce((sum, { waitingCount }) => sum + waitingCount, 0);
    ports.onLosses(unseen.length === 0 ? null : count);
  };
  let cancelNext = (): void => undefined;
  signal.addEventListener('abort', () => cancelNext());
  const tellAgain = () => {
    tellServer().catch((error: unknown) => {
      if (!signal.aborted) ports.onProblem(error);
    });
  };
  const tellServer = coalesce(async () => {
    cancelNext();
    const { epoch } = await readDeviceState(replica, ['epoch']);
    if (epoch === null || signal.aborted) return;
    const untold = (await readLosses(replica)).filter(({ isTold }) => !isTold);
    const report: DeviceReport = {
      epoch,
      ...(await readOutboxReport(replica)),
      clockOffsetMs: clock.offsetMs(),
      isStorageKept: ports.isStorageKept(),
      lostStorages: untold.map(({ epoch: lost, lastSequence }) => ({ epoch: lost, lastSequence })),
    };
    const isTaken = await reportDevice(report, signal).then(
      () => true,
      // Not reached, or a server that does not ask yet: the next token brings the next report at the latest.
      () => false,
    );
    if (untold.length === 0 || signal.aborted) return;
    if (!isTaken) {
      cancelNext = timers.after(AGAIN_AFTER_MS, tellAgain);
      return;
    }
    await markLossesTold(
      replica,
      untold.map(({ epoch: told }) => told),
    );
  });
  return {
    tellServer,
    lookAtLosses,
    async noteLossSeen() {
      await markLossesSeen(replica);
      await lookAtLosses();
    },
  };
}
