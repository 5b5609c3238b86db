import {
  defaultWedgeSettings,
  emptyWedge,
  readWedgeKey,
  type WedgeCode,
  type WedgeKey,
  type WedgeSettings,
} from './wedge-reader.ts';

/** A text field that wants the code itself, e.g. one that claims a new label, carries this attribute. */
export const KEEPS_SCANS = 'data-keeps-scans';

type Typed = { readonly field: HTMLInputElement | HTMLTextAreaElement; readonly value: string };

/**
 * Hears a keyboard wedge anywhere on the page, focus or not. Typing goes through untouched; when a burst turns out to
 * be a scan, the field that happened to have the focus gets back the text it had before. Returns the way to stop.
 */
export function listenToWedge(
  target: Pick<Window, 'addEventListener' | 'removeEventListener'>,
  onCode: (code: WedgeCode) => void,
  settings: WedgeSettings = defaultWedgeSettings,
): () => void {
  let state = emptyWedge;
  let typedInto: Typed | null = null;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const field = fieldOf(event.target);
    if (field?.hasAttribute(KEEPS_SCANS)) return;
    const step = readWedgeKey(settings, state, wedgeKeyOf(event, field !== null));
    if (step.state.length > 0 && !step.isBurst) typedInto = field && { field, value: field.value };
    state = step.state;
    // Enter would press the focused button, a space too, and letters are shortcuts: none of that was meant.
    if (step.code || (step.isBurst && !field)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    if (!step.code) return;
    if (typedInto) restore(typedInto);
    typedInto = null;
    onCode(step.code);
  };

  target.addEventListener('keydown', onKeyDown, { capture: true });
  return () => target.removeEventListener('keydown', onKeyDown, { capture: true });
}

function wedgeKeyOf(event: KeyboardEvent, isInField: boolean): WedgeKey {
  const isAltGr = event.getModifierState('AltGraph');
  return {
    key: event.key,
    atMs: event.timeStamp,
    isRepeat: event.repeat,
    isCommand: !isAltGr && (event.ctrlKey || event.altKey || event.metaKey),
    isInField,
  };
}

const TEXTLESS = new Set([
  'button',
  'checkbox',
  'radio',
  'submit',
  'reset',
  'range',
  'color',
  'file',
  'image',
]);

function fieldOf(target: EventTarget | null): Typed['field'] | null {
  if (target === null || !('tagName' in target)) return null;
  const element = target as HTMLElement;
  if (element.tagName === 'TEXTAREA') return element as HTMLTextAreaElement;
  if (element.tagName !== 'INPUT') return null;
  const input = element as HTMLInputElement;
  return TEXTLESS.has(input.type) ? null : input;
}

/** React watches the value property of the element itself, so the prototype's setter and an input event are needed. */
function restore({ field, value }: Typed): void {
  const prototype: object = Object.getPrototypeOf(field);
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
