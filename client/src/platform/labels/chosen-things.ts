import type { AssetId } from '@eventkit/shared/kernel/ids.ts';

type Memory = Pick<Storage, 'getItem' | 'setItem'>;

const KEY = 'eventkit.chosen-for-labels';

/** A print job is no longer than this. */
export const MOST_CHOSEN_LABELS = 2_000;

/** Pieces that were chosen in a list, for as long as the tab lives: too many for an address. False where there is no room. */
export function keepChosen(memory: Memory, ids: readonly string[]): boolean {
  try {
    memory.setItem(KEY, JSON.stringify(ids.slice(0, MOST_CHOSEN_LABELS)));
    return true;
  } catch {
    return false;
  }
}

/** Those that were chosen last, as a JSON array for SQL; nothing where that cannot be read. */
export function loadChosen(memory: Memory): readonly AssetId[] {
  try {
    const ids: unknown = JSON.parse(memory.getItem(KEY) ?? '[]');
    return Array.isArray(ids) ? ids.filter((id): id is AssetId => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
