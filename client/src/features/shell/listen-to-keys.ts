import { keyedOnScreen, undoOnScreen } from '#platform/navigation/keyed-on-screen.ts';
import type { Place } from '#platform/navigation/places.ts';
import { moveFocus } from './move-focus.ts';
import { type KeyMeaning, readKey, restingKeys } from './read-key.ts';

/** A scanner's next letter follows sooner than this. */
const SCANNER_GAP_MS = 160;

export type KeyActs = {
  readonly onPalette: () => void;
  readonly onHelp: () => void;
  readonly onGo: (path: Place['path']) => void;
};

/**
 * The keys that work on every screen. They are still where somebody types, and below what is open on top. Returns the
 * way to stop.
 */
export function listenToKeys(places: readonly Place[], { onPalette, onHelp, onGo }: KeyActs): () => void {
  let state = restingKeys;
  let meant: { readonly code: string; readonly timer: ReturnType<typeof setTimeout> } | null = null;
  /** Done with when they were pressed: moves, and what was held with Control and the like. */
  const done = new Set<string>();

  const forget = (): void => {
    if (meant !== null) clearTimeout(meant.timer);
    meant = null;
  };
  /** Unless another key follows as soon as only a scanner's does. */
  const actSoon = (meaning: KeyMeaning, { code }: KeyboardEvent): void => {
    forget();
    meant = { code, timer: setTimeout(() => act(meaning), SCANNER_GAP_MS) };
  };

  const act = (meaning: KeyMeaning): void => {
    switch (meaning.kind) {
      case 'palette':
        onPalette();
        break;
      case 'help':
        onHelp();
        break;
      case 'move':
        moveFocus(document, meaning.by);
        break;
      case 'press': {
        const element = keyedOnScreen(document).find(({ key }) => key === meaning.key)?.element;
        if (element !== undefined && isField(element)) element.focus();
        else element?.click();
        break;
      }
      case 'undo':
        undoOnScreen(document)?.click();
        break;
      case 'go': {
        const place = places.find((one) => 'letter' in one && one.letter === meaning.letter);
        if (place !== undefined) onGo(place.path);
      }
    }
  };

  const onDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') leaveField();
    const isCommand = event.ctrlKey || event.metaKey || event.altKey;
    if (isCommand) done.add(event.key.toLowerCase());
    if (event.defaultPrevented || event.isComposing || (!isCommand && isTaken(event))) return;
    const { meaning } = readKey(state, { key: event.key, isCommand, atMs: event.timeStamp });
    switch (meaning?.kind) {
      case 'palette':
        event.preventDefault();
        if (isCommand) act(meaning);
        else actSoon(meaning, event);
        break;
      case 'help':
        actSoon(meaning, event);
        break;
      case 'undo':
        // In a field it takes back what was typed there.
        if (event.altKey || isTaken(event)) break;
        event.preventDefault();
        act(meaning);
        break;
      case 'move':
        done.add(event.key);
        act(meaning);
    }
  };
  // Letters count when they are let go: of a quick second one, the wedge reader lets nothing else through.
  const onUp = (event: KeyboardEvent): void => {
    const { key } = event;
    // Enter or Tab too: they end a code, whose last letter was no command.
    const isTyped = key.length === 1 || key === 'Enter' || key === 'Tab';
    if (meant !== null && isTyped && event.code !== meant.code) forget();
    if (key.length > 1 || done.delete(key.toLowerCase()) || isTaken(event)) return;
    if (!/^[a-z]$/.test(key)) return;
    const step = readKey(state, { key, isCommand: false, atMs: event.timeStamp });
    state = step.state;
    if (step.meaning?.kind === 'go' || step.meaning?.kind === 'press') actSoon(step.meaning, event);
  };
  window.addEventListener('keydown', onDown);
  window.addEventListener('keyup', onUp);
  return () => {
    forget();
    window.removeEventListener('keydown', onDown);
    window.removeEventListener('keyup', onUp);
  };
}

/** From a field back to where keys are commands. */
function leaveField(): void {
  const { activeElement } = document;
  if (activeElement instanceof HTMLElement && isField(activeElement)) activeElement.blur();
}

/** Somebody types, or something is open on top. */
function isTaken({ target }: KeyboardEvent): boolean {
  if (document.querySelector('dialog[open]') !== null) return true;
  return target instanceof Element && isField(target);
}

function isField(element: Element): boolean {
  return element.closest('input, textarea, select, [contenteditable]') !== null;
}
