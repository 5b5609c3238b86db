import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { readDeviceState, writeDeviceState } from '#platform/replica/device-state.ts';
import type { Replica } from '#platform/replica/replica.ts';
import type { RememberedStorage, StorageMemory } from './storage-memory.ts';

/** A storage of this device that is gone. Kept until the server was told and a person has seen it. */
export type LostStorage = RememberedStorage & {
  readonly noticedAt: Instant;
  readonly isTold: boolean;
  readonly isSeen: boolean;
};

/**
 * Compares the storage that was opened with the one that is remembered, and notes a loss in the new one. To be called
 * after opening and before anything is recorded. A storage that never recorded anything is no loss.
 */
export async function noticeLostStorage(
  replica: Replica,
  memory: StorageMemory,
  noticedAt: Instant,
): Promise<void> {
  const state = await readDeviceState(replica, ['epoch', 'last_sequence']);
  const epoch = state.epoch ?? '';
  const remembered = memory.recall();
  if (remembered !== null && remembered.epoch !== epoch && remembered.lastSequence > 0) {
    await changeLosses(replica, (losses) =>
      losses.some((loss) => loss.epoch === remembered.epoch)
        ? losses
        : [...losses, { ...remembered, noticedAt, isTold: false, isSeen: false }],
    );
  }
  if (remembered?.epoch === epoch) return;
  memory.note({ epoch, lastSequence: Number(state.last_sequence ?? 0), waitingCount: 0 });
}

export async function readLosses(replica: Replica): Promise<readonly LostStorage[]> {
  const { lost_storages: text } = await readDeviceState(replica, ['lost_storages']);
  return lossesOf(text);
}

/** The server has answered the report of these. */
export function markLossesTold(replica: Replica, epochs: readonly string[]): Promise<void> {
  return changeLosses(replica, (losses) =>
    losses.map((loss) => (epochs.includes(loss.epoch) ? { ...loss, isTold: true } : loss)),
  );
}

/** A person has read of all that is known to be lost. */
export function markLossesSeen(replica: Replica): Promise<void> {
  return changeLosses(replica, (losses) => losses.map((loss) => ({ ...loss, isSeen: true })));
}

async function changeLosses(
  replica: Replica,
  change: (losses: readonly LostStorage[]) => readonly LostStorage[],
): Promise<void> {
  await replica.writeTransaction(async (tx) => {
    const { lost_storages: text } = await readDeviceState(tx, ['lost_storages']);
    const left = change(lossesOf(text)).filter(({ isTold, isSeen }) => !isTold || !isSeen);
    await writeDeviceState(tx, { lost_storages: JSON.stringify(left) });
  });
}

function lossesOf(text: string | null): readonly LostStorage[] {
  return text === null ? [] : (JSON.parse(text) as LostStorage[]);
}
