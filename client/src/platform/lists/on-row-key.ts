import type { KeyboardEvent } from 'react';

export type RowKeyActs = {
  /** By so many rows; `isExtending` takes along what is passed. */
  readonly onMove: (by: number, isExtending: boolean) => void;
  readonly onEnd: (end: 'first' | 'last') => void;
  readonly onOpen: () => void;
  readonly onSelectAll: () => void;
  readonly onLeave: () => void;
  readonly pageRows: number;
};

/**
 * What keys do while the rows have the focus. X and E are named by what they press (`aria-keyshortcuts`): they wait, as
 * all letters do, whether a scanner goes on.
 */
export function onRowKey(event: KeyboardEvent, acts: RowKeyActs): void {
  if (event.target !== event.currentTarget) return;
  const act = actOf(event, acts);
  if (act === null) return;
  event.preventDefault();
  act();
}

function actOf(event: KeyboardEvent, acts: RowKeyActs): (() => void) | null {
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand) return event.key.toLowerCase() === 'a' ? acts.onSelectAll : null;
  switch (event.key) {
    case 'j':
    case 'ArrowDown':
      return () => acts.onMove(1, event.shiftKey);
    case 'k':
    case 'ArrowUp':
      return () => acts.onMove(-1, event.shiftKey);
    case 'J':
      return () => acts.onMove(1, true);
    case 'K':
      return () => acts.onMove(-1, true);
    case 'PageDown':
      return () => acts.onMove(acts.pageRows, event.shiftKey);
    case 'PageUp':
      return () => acts.onMove(-acts.pageRows, event.shiftKey);
    case 'Home':
      return () => acts.onEnd('first');
    case 'End':
      return () => acts.onEnd('last');
    case 'Enter':
      return acts.onOpen;
    case 'Escape':
      return acts.onLeave;
    default:
      return null;
  }
}
