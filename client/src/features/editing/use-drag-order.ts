import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';

/**
 * Rows that are put elsewhere by their handle: dragged, or with the arrow keys while it has the focus. `onMove` says
 * which row goes to which place among the others.
 */
export function useDragOrder(ids: readonly string[], onMove: (id: string, index: number) => void) {
  const rows = useRef(new Map<string, HTMLElement>());
  const [drag, setDrag] = useState<{ readonly id: string; readonly index: number } | null>(null);

  /** The place that the pointer is at: below as many of the others as have their middle above it. */
  const indexAt = (id: string, y: number): number =>
    ids.filter((other) => {
      if (other === id) return false;
      const box = rows.current.get(other)?.getBoundingClientRect();
      return box !== undefined && box.top + box.height / 2 < y;
    }).length;

  return {
    drag,
    rowRef: (id: string) => (element: HTMLElement | null) => {
      if (element === null) rows.current.delete(id);
      else rows.current.set(id, element);
    },
    handleProps: (id: string) => ({
      onPointerDown(event: PointerEvent<HTMLElement>) {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ id, index: ids.indexOf(id) });
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (drag?.id === id) setDrag({ id, index: indexAt(id, event.clientY) });
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        if (drag?.id === id) onMove(id, indexAt(id, event.clientY));
        setDrag(null);
      },
      onPointerCancel() {
        setDrag(null);
      },
      onKeyDown(event: KeyboardEvent<HTMLElement>) {
        const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
        const index = ids.indexOf(id) + step;
        if (step === 0 || index < 0 || index >= ids.length) return;
        event.preventDefault();
        onMove(id, index);
      },
    }),
  };
}
