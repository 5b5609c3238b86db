import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { moveInOrder } from './move-in-order.ts';

type Lifted = { readonly id: string; readonly order: readonly string[] };

/** What is said aloud while something is carried: `place` counts from 1. */
export type ArrangeStep = {
  readonly step: 'lifted' | 'moved' | 'dropped' | 'put_back';
  readonly id: string;
  readonly place: number;
};

/**
 * Things in a grid that are put elsewhere by their handle: dragged, or lifted with Space, carried with the arrow keys and
 * dropped with Space or Enter. Escape puts back. Nothing is changed before the drop.
 */
export function useArrange(
  ids: readonly string[],
  onDrop: (order: readonly string[]) => void,
  onStep: (step: ArrangeStep) => void,
) {
  const boxes = useRef(new Map<string, HTMLElement>());
  const dropped = useRef<HTMLElement | null>(null);
  // Where the page puts it elsewhere in its order it loses the focus.
  useEffect(() => {
    dropped.current?.focus();
    dropped.current = null;
  });
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const order = lifted?.order ?? ids;

  const say = (step: ArrangeStep['step'], id: string, at: readonly string[]) =>
    onStep({ step, id, place: at.indexOf(id) + 1 });
  const lift = (id: string) => {
    setLifted({ id, order: ids });
    say('lifted', id, ids);
  };
  const carry = (id: string, to: number) => {
    const next = moveInOrder(order, id, to);
    if (next === order) return;
    setLifted({ id, order: next });
    say('moved', id, next);
  };
  const drop = (id: string, handle: HTMLElement) => {
    dropped.current = handle;
    setLifted(null);
    say('dropped', id, order);
    if (order.some((one, index) => one !== ids[index])) onDrop(order);
  };
  const putBack = (id: string) => {
    setLifted(null);
    say('put_back', id, ids);
  };
  /** The place of what lies under the pointer; null above what is carried and between things. */
  const placeAt = (id: string, x: number, y: number): number | null => {
    const index = order.findIndex((other) => {
      const box = boxes.current.get(other)?.getBoundingClientRect();
      return other !== id && box !== undefined && isWithin(box, x, y);
    });
    return index === -1 ? null : index;
  };

  return {
    order,
    liftedId: lifted?.id ?? null,
    boxRef: (id: string) => (element: HTMLElement | null) => {
      if (element === null) boxes.current.delete(id);
      else boxes.current.set(id, element);
    },
    handleProps: (id: string) => ({
      'aria-pressed': lifted?.id === id,
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        lift(id);
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (lifted?.id !== id || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const place = placeAt(id, event.clientX, event.clientY);
        if (place !== null) carry(id, place);
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        if (lifted?.id === id) drop(id, event.currentTarget);
      },
      onPointerCancel() {
        if (lifted?.id === id) putBack(id);
      },
      onBlur() {
        if (lifted?.id === id) putBack(id);
      },
      onKeyDown(event: KeyboardEvent<HTMLElement>) {
        const isCarried = lifted?.id === id;
        if (event.key === ' ' || (isCarried && event.key === 'Enter')) {
          event.preventDefault();
          if (isCarried) drop(id, event.currentTarget);
          else lift(id);
        } else if (isCarried && event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          putBack(id);
        } else if (isCarried && event.key in steps) {
          event.preventDefault();
          carry(id, order.indexOf(id) + (steps[event.key] ?? 0));
        }
      },
    }),
  };
}

const steps: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };

function isWithin(box: DOMRect, x: number, y: number): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}
