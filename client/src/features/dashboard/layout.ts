import { readWidgets, type Widget } from '@eventkit/shared/dashboards/widgets.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';

export type Layout = {
  /** Names it among the person's own; the one that everybody begins with has the same on each device. */
  readonly key: string;
  /** Empty for the one that everybody begins with. */
  readonly name: string;
  readonly widgets: readonly Widget[];
  /** Null where nobody has changed it yet. */
  readonly changedAt: Instant | null;
};

/** A change that the server has not given back yet. */
export type PendingLayout = Layout & {
  readonly changedAt: Instant;
  readonly isDeleted: boolean;
  /** Once the server has it: when the change was made that stands there. Null until then. */
  readonly standsAt: Instant | null;
};

export type LayoutRow = {
  readonly id: string;
  readonly name: string;
  readonly widgets: string;
  readonly changed_at: Instant;
};

export const LAYOUTS = 'SELECT id, name, widgets, changed_at FROM dashboard_layouts WHERE user_id = ?';

const FIRST_KEY = 'first';

/** What everybody begins with. */
export const firstLayout: Layout = {
  key: FIRST_KEY,
  name: '',
  changedAt: null,
  widgets: [
    { kind: 'upcoming', days: 14, isWide: false },
    { kind: 'overdue', days: 7, isWide: false },
    { kind: 'utilisation', days: 14, isWide: true },
    { kind: 'activity', days: 7, isWide: true },
  ],
};

/** A layout as it came down. */
export function layoutOfRow({ id, name, widgets, changed_at: changedAt }: LayoutRow): Layout {
  return { key: id.slice(id.indexOf(':') + 1), name, widgets: readWidgets(widgets), changedAt };
}

/**
 * What the person has: of each layout what came down, or what this device has changed since. Never empty. The first one
 * first, the others as they were made.
 */
export function mergeLayouts(
  synced: readonly Layout[],
  pending: readonly PendingLayout[],
): readonly Layout[] {
  const byKey = new Map(synced.map((layout) => [layout.key, layout]));
  for (const change of pending) {
    if (!isNewer(change, byKey.get(change.key))) continue;
    if (change.isDeleted) byKey.delete(change.key);
    else byKey.set(change.key, change);
  }
  const merged = [...byKey.values()].toSorted((a, b) => compareKeys(a.key, b.key));
  return merged.length === 0 ? [firstLayout] : merged;
}

/** Whether a change says more than what came down. */
export function isNewer({ changedAt, standsAt }: PendingLayout, synced: Layout | undefined): boolean {
  return synced?.changedAt == null || (standsAt ?? changedAt) > synced.changedAt;
}

function compareKeys(a: string, b: string): number {
  if (a === FIRST_KEY || b === FIRST_KEY) return a === b ? 0 : a === FIRST_KEY ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
