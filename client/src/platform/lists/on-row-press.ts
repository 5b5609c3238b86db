import type { MouseEvent } from 'react';

export type RowPressActs = {
  readonly onMark: (index: number, isExtending: boolean) => void;
  readonly onPress: (
    index: number,
    how: { readonly isExtending: boolean; readonly isAdding: boolean },
  ) => void;
  /** Null: the first cell that can be edited. */
  readonly onEdit: (index: number, column: string | null) => void;
};

/* The grid listens for all its rows: while they are only scrolled past, nothing has to be tied to each of them. */

/** A press on a mark, a link or anywhere on a row. A link with Ctrl or Shift is left to the browser. */
export function onRowPress(event: MouseEvent, acts: RowPressActs): void {
  const pressed = rowOf(event);
  if (pressed === null) return;
  const { target, index } = pressed;
  const isOn = (what: string) => target.closest(what) !== null;
  const how = { isExtending: event.shiftKey, isAdding: event.ctrlKey || event.metaKey };
  if (isOn('[data-row-mark]')) acts.onMark(index, event.shiftKey);
  else if (isOn('[data-row-edit]')) acts.onEdit(index, null);
  else if (isOn('[data-row-link]')) {
    if (how.isExtending || how.isAdding || event.altKey) return;
    event.preventDefault();
    acts.onPress(index, how);
  } else if (!isOn('a, button, input, select')) acts.onPress(index, how);
}

/** Two presses on a cell change it in place. */
export function onRowDoublePress(event: MouseEvent, acts: RowPressActs): void {
  const pressed = rowOf(event);
  const column = pressed?.target.closest('[data-column]')?.getAttribute('data-column') ?? null;
  if (pressed !== null && column !== null) acts.onEdit(pressed.index, column);
}

function rowOf({ target }: MouseEvent): { readonly target: Element; readonly index: number } | null {
  const row = target instanceof Element ? target.closest('[data-row]') : null;
  if (row === null || !(target instanceof Element)) return null;
  return { target, index: Number(row.getAttribute('data-row')) };
}
