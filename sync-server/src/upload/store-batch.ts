import { together } from '@eventkit/database/together.ts';
import { readPersonProof } from '@eventkit/proto/person-proof.ts';
import { distinct } from '@eventkit/shared/kernel/distinct.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Verdict } from '@eventkit/shared/operations/operation.ts';
import type { BatchTransaction } from './batch-store.ts';
import { decideOnHistories } from './decide-on-histories.ts';
import type { DecidedOperation, FreshOperation } from './decided-operation.ts';
import type { DeviceReport, DeviceStanding } from './device-progress-store.ts';
import type { Problem } from './problem.ts';
import type { ReadOperation } from './read-pushed.ts';
import { NOTHING_SEEN, recordSequences } from './record-sequences.ts';
import { type Sorted, sortOut } from './sort-out.ts';

/** A batch of one device, its bytes read. */
export type ReadBatch = {
  readonly deviceId: DeviceId;
  readonly operations: readonly ReadOperation[];
  /** What the device told of itself; null where it was not the device that brought them. */
  readonly report: DeviceReport | null;
  readonly receivedAt: Instant;
  /** What a device holds that is shut out and to be collected; none of it is read. */
  readonly isHandedIn: boolean;
};

/** What became of one operation. `problem` is set where it was kept unread. */
export type OperationOutcome =
  | { readonly id: string; readonly verdict: Verdict; readonly reason: string | null; readonly problem: null }
  | {
      readonly id: string;
      readonly verdict: 'kept_unread';
      readonly reason: string;
      readonly problem: Problem;
    };

export type DeviceRefusal = { readonly kind: Exclude<DeviceStanding, 'registered'> };

/** Stores, judges and applies a batch within the caller's transaction. One outcome for each operation, in order. */
export async function storeBatch(
  tx: BatchTransaction,
  batch: ReadBatch,
): Promise<Result<readonly OperationOutcome[], DeviceRefusal>> {
  const readable = batch.operations.flatMap(({ reading }) => (reading.ok ? [reading.value] : []));
  const arrivals = arrivalsOf(batch);
  const [standing, stored, people, sharing, ...progresses] = await together([
    // First: what the others find was committed before the device was locked.
    tx.lockDevice(),
    tx.findStored(readable),
    tx.findPeople(distinct(readable.map(({ recordedBy }) => recordedBy))),
    tx.findSharing(
      distinct(batch.operations.flatMap(({ envelope }) => readPersonProof(envelope)?.enrolmentId ?? [])),
    ),
    ...arrivals.map(({ epoch }) => tx.findProgress(epoch)),
  ]);
  const refusal = refusalOf(standing, batch);
  if (refusal !== null) return err(refusal);
  const sorted = sortOut(batch.operations, { stored, userIds: people.userIds });

  const fresh = inSequence(sorted.flatMap((one) => (one.kind === 'fresh' ? [one] : [])));
  const receipt = { receivedAt: batch.receivedAt, people, sharing };
  const { loaded, decided } = await decideOnHistories(tx, receipt, fresh);

  const kept = batch.operations.flatMap(({ id, envelope }, index) => {
    const one = sorted[index];
    return one?.kind === 'kept' ? [{ id, envelope, problem: one.problem }] : [];
  });
  await together([
    ...tx.writeDecisions(decided),
    ...tx.keepStandings(loaded, decided),
    tx.keepUnread(kept, batch.receivedAt),
    ...arrivals.map(({ epoch, sequences, clockOffsetMs }, index) => {
      const seen = recordSequences(progresses[index] ?? NOTHING_SEEN, sequences);
      return tx.writeProgress({ epoch, seen, clockOffsetMs });
    }),
    ...reportsOf(batch, arrivals).map((report) => tx.writeReport(report)),
  ]);
  return ok(outcomesOf(batch, sorted, decided));
}

function refusalOf(standing: DeviceStanding, { report, isHandedIn }: ReadBatch): DeviceRefusal | null {
  if (isHandedIn) return standing === 'collected_device' ? null : { kind: notCollected(standing) };
  if (standing === 'registered') return null;
  // What others bring of a revoked device was recorded before it was, or has to be looked at by people.
  return standing !== 'unknown_device' && report === null ? null : { kind: standing };
}

/** A device that was let in again pushes as any other. */
function notCollected(standing: DeviceStanding): DeviceRefusal['kind'] {
  return standing === 'unknown_device' ? standing : 'revoked_device';
}

/** The numbers that came from one local storage of the device, and the newest clock offset among them. */
type Arrival = {
  readonly epoch: string;
  readonly sequences: readonly number[];
  readonly clockOffsetMs: number | null;
};

/** Each local storage of the device in its own order. */
function inSequence(fresh: readonly FreshOperation[]): FreshOperation[] {
  const byEpoch = Map.groupBy(fresh, ({ operation }) => operation.epoch);
  return [...byEpoch.values()].flatMap((ofEpoch) =>
    ofEpoch.toSorted((a, b) => a.operation.sequence - b.operation.sequence),
  );
}

function arrivalsOf({ operations }: ReadBatch): Arrival[] {
  const numbered = operations.filter(({ numbered: own }) => own !== null);
  return [...Map.groupBy(numbered, (entry) => entry.numbered?.epoch ?? '')].map(([epoch, entries]) => ({
    epoch,
    sequences: entries.map((entry) => entry.numbered?.sequence ?? 0),
    clockOffsetMs: entries.reduce<number | null>(
      (newest, { reading }) => (reading.ok ? (reading.value.clockOffsetMs ?? newest) : newest),
      null,
    ),
  }));
}

/** A device has one storage at a time: its report is of the one that its newest operations came from. */
function reportsOf({ report, receivedAt }: ReadBatch, arrivals: readonly Arrival[]) {
  const epoch = arrivals.at(-1)?.epoch;
  if (report === null || epoch === undefined) return [];
  return [{ ...report, epoch, receivedAt, clockOffsetMs: null, isStorageKept: null }];
}

function outcomesOf(
  { operations }: ReadBatch,
  sorted: readonly Sorted[],
  decided: readonly DecidedOperation[],
): OperationOutcome[] {
  const decisionsById = new Map(decided.map(({ operation, decision }) => [operation.id as string, decision]));
  return operations.map(({ id }, index): OperationOutcome => {
    const one = sorted[index];
    if (one?.kind === 'kept') {
      return { id, verdict: 'kept_unread', reason: one.problem.kind, problem: one.problem };
    }
    const ruling = one?.kind === 'repeat' ? one.of : decisionsById.get(id);
    if (ruling === undefined) throw new Error(`operation ${id} was not decided`);
    return { id, verdict: ruling.verdict, reason: ruling.reason, problem: null };
  });
}
