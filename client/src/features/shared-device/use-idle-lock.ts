import { useEffect, useRef } from 'react';
import { createIdleWatch } from './idle-watch.ts';

const LOOK_EVERY_MS = 1_000;

/** Locks when nobody has touched or scanned for a while, and when a device wakes up after that while. */
export function useIdleLock(isOpen: boolean, lock: () => void): void {
  const latestLock = useRef(lock);
  latestLock.current = lock;
  useEffect(() => {
    if (!isOpen) return;
    const watch = createIdleWatch(() => Date.now());
    const look = () => {
      if (watch.isOver(isUnfinished(document))) latestLock.current();
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    const acts = ['pointerdown', 'keydown', 'wheel'] as const;
    for (const act of acts) window.addEventListener(act, watch.noteAct, { capture: true, passive: true });
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      for (const act of acts) window.removeEventListener(act, watch.noteAct, { capture: true });
      document.removeEventListener('visibilitychange', look);
    };
  }, [isOpen]);
}

/** Whether something is being entered: a sheet that asks for an answer, or a text that is half typed. */
function isUnfinished(page: Document): boolean {
  if (page.querySelector('dialog[open]') !== null) return true;
  const field = page.activeElement;
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
    ? field.value !== ''
    : false;
}
