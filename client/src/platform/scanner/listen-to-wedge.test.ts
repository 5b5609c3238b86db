import { describe, expect, it } from 'vitest';
import { listenToWedge } from './listen-to-wedge.ts';

class Field extends EventTarget {
  readonly tagName: string = 'INPUT';
  readonly type: string;
  #value = '';
  #keepsScans: boolean;
  constructor(type: string, keepsScans = false) {
    super();
    this.type = type;
    this.#keepsScans = keepsScans;
  }
  hasAttribute(): boolean {
    return this.#keepsScans;
  }
  get value(): string {
    return this.#value;
  }
  set value(text: string) {
    this.#value = text;
  }
}

/** A page in miniature: keys go to the focused field as a browser would send them, unless they are prevented. */
function page(focus: Field | null) {
  const target = new EventTarget();
  const heard: string[] = [];
  const shortcuts: string[] = [];
  const stop = listenToWedge(target as unknown as Window, (code) => heard.push(code.text));
  target.addEventListener('keydown', (event) => shortcuts.push((event as KeyboardEvent).key));
  const press = (key: string, atMs: number): boolean => {
    const event = new Event('keydown', { cancelable: true });
    const properties = {
      key,
      timeStamp: atMs,
      repeat: false,
      isComposing: false,
      ctrlKey: false,
      altKey: false,
      metaKey: false,
      target: focus,
      getModifierState: () => false,
    };
    for (const [name, value] of Object.entries(properties)) Object.defineProperty(event, name, { value });
    const isLet = target.dispatchEvent(event);
    if (isLet && focus && key.length === 1) focus.value += key;
    return isLet;
  };
  const type = (text: string, fromMs: number, gapMs: number) =>
    [...text].map((character, index) => press(character, fromMs + index * gapMs));
  return { heard, shortcuts, stop, press, type };
}

describe('the wedge on a page', () => {
  it('hears a scan without any focus and keeps it from shortcuts', () => {
    const { heard, shortcuts, press, type } = page(null);
    type('GJ-0412', 0, 4);
    expect(press('Enter', 30)).toBe(false);
    expect(heard).toEqual(['GJ-0412']);
    expect(shortcuts).toEqual(['G']);
  });

  it('gives a focused field its own text back', () => {
    const field = new Field('search');
    const { heard, press, type } = page(field);
    type('cable', 0, 150);
    type('A-0412', 5000, 4);
    press('Enter', 5024);
    expect(heard).toEqual(['A-0412']);
    expect(field.value).toBe('cable');
  });

  it('swallows nothing of what a person types, Enter included', () => {
    const field = new Field('text');
    const { heard, press, type } = page(field);
    const letThrough = type('tilt belt grinds', 0, 70);
    expect(press('Enter', 16 * 70)).toBe(true);
    expect(letThrough.every(Boolean)).toBe(true);
    expect(field.value).toBe('tilt belt grinds');
    expect(heard).toEqual([]);
  });

  it('leaves a field alone that wants the code for itself', () => {
    const field = new Field('text', true);
    const { heard, press, type } = page(field);
    type('NEW-0001', 0, 3);
    press('Enter', 25);
    expect(heard).toEqual([]);
    expect(field.value).toBe('NEW-0001');
  });

  it('does not press the focused button', () => {
    const { press, type } = page(new Field('button'));
    expect(type('A 0412', 0, 4).slice(1).some(Boolean)).toBe(false);
    expect(press('Enter', 25)).toBe(false);
  });

  it('is silent once stopped', () => {
    const { heard, press, type, stop } = page(null);
    stop();
    type('A-0412', 0, 4);
    press('Enter', 25);
    expect(heard).toEqual([]);
  });
});
