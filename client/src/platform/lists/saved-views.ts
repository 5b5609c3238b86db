import { stateOfAddress } from './list-address.ts';
import type { ListSource } from './list-source.ts';
import type { ListState } from './list-state.ts';

/** A way of looking at a list that a person gave a name. */
export type SavedView = { readonly id: string; readonly name: string; readonly state: ListState };

type Memory = Pick<Storage, 'getItem' | 'setItem'>;

const keyOf = (userId: string, source: ListSource) => `eventkit.views.${userId}.${source.name}`;

/** The views that this person keeps on this device; what an older version wrote and this one cannot read is left out. */
export function loadViews(
  memory: Memory,
  userId: string,
  source: ListSource,
  first: ListState,
): readonly SavedView[] {
  return parse(memory.getItem(keyOf(userId, source))).flatMap((one) => {
    const { id, name, address } = (one ?? {}) as { id?: unknown; name?: unknown; address?: unknown };
    if (typeof id !== 'string' || typeof name !== 'string') return [];
    const search = typeof address === 'object' && address !== null ? address : {};
    return [{ id, name, state: stateOfAddress(source, search, first) }];
  });
}

/** False where this device has no room for them. */
export function keepViews(
  memory: Memory,
  userId: string,
  source: ListSource,
  views: readonly SavedView[],
): boolean {
  const kept = views.map(({ id, name, state }) => ({
    id,
    name,
    // In full, so that a view stays what it was when the list opens otherwise one day.
    address: {
      q: state.text,
      where: state.filters,
      sort: state.sort.map(({ column, isDescending }) => `${isDescending ? '-' : ''}${column}`).join(','),
      group: state.group ?? '',
      show: state.columns.join(','),
      as: state.layout,
    },
  }));
  try {
    memory.setItem(keyOf(userId, source), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

function parse(text: string | null): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
