import type { IdSequence } from './id-sequence.ts';

/** Chosen rows: some, or all that the list shows now and will show, but for a few. */
export type ListSelection =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'all'; readonly except: ReadonlySet<string> };

export const noSelection: ListSelection = { kind: 'some', ids: new Set() };
export const wholeSelection: ListSelection = { kind: 'all', except: new Set() };

export function isSelected(selection: ListSelection, id: string): boolean {
  return selection.kind === 'some' ? selection.ids.has(id) : !selection.except.has(id);
}

export function selectedCount(selection: ListSelection, rowCount: number): number {
  return selection.kind === 'some' ? selection.ids.size : Math.max(0, rowCount - selection.except.size);
}

export function withSelected(
  selection: ListSelection,
  ids: Iterable<string>,
  isWanted: boolean,
): ListSelection {
  if (selection.kind === 'some') return { kind: 'some', ids: changed(selection.ids, ids, isWanted) };
  return { kind: 'all', except: changed(selection.except, ids, !isWanted) };
}

/** What is chosen, in the order of the list; what the list does not show any more is not among it. */
export function selectedIds(selection: ListSelection, ids: IdSequence): string[] {
  const chosen: string[] = [];
  for (let index = 0; index < ids.count; index += 1) {
    const id = ids.at(index);
    if (id !== undefined && isSelected(selection, id)) chosen.push(id);
  }
  return chosen;
}

/** Ids from one place to another, whichever comes first, both included. */
export function idsBetween(ids: IdSequence, a: number, b: number): string[] {
  const found: string[] = [];
  for (let index = Math.min(a, b); index <= Math.max(a, b); index += 1) {
    const id = ids.at(index);
    if (id !== undefined) found.push(id);
  }
  return found;
}

function changed(set: ReadonlySet<string>, ids: Iterable<string>, isIn: boolean): ReadonlySet<string> {
  const next = new Set(set);
  for (const id of ids) {
    if (isIn) next.add(id);
    else next.delete(id);
  }
  return next;
}
