import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultWedgeSettings,
  emptyWedge,
  readWedgeKey,
  type WedgeCode,
  type WedgeKey,
  type WedgeSettings,
} from './wedge-reader.ts';

const settings = defaultWedgeSettings;
const seed = Number(process.env['EVENTKIT_SEED'] ?? 20261122);

function key(name: string, atMs: number, more: Partial<WedgeKey> = {}): WedgeKey {
  return { key: name, atMs, isRepeat: false, isCommand: false, isInField: true, ...more };
}

function codesOf(keys: readonly WedgeKey[], using: WedgeSettings = settings): WedgeCode[] {
  let state = emptyWedge;
  const codes: WedgeCode[] = [];
  for (const one of keys) {
    const step = readWedgeKey(using, state, one);
    state = step.state;
    expect(state.text.length).toBeLessThanOrEqual(using.maxLength);
    if (step.code) codes.push(step.code);
  }
  return codes;
}

function burst(code: string, fromMs: number, gapMs: number, end = 'Enter'): WedgeKey[] {
  return [...[...code], end].map((name, index) => key(name, fromMs + index * gapMs));
}

const character = fc
  .integer({ min: 0x20, max: 0x17f })
  .filter((point) => point < 0x7f || point > 0xa0)
  .map((point) => String.fromCodePoint(point));
const codeText = fc.string({ unit: character, minLength: 3, maxLength: 60 });

describe('keyboard wedge', () => {
  it('reads a burst that ends in Enter or Tab', () => {
    expect(codesOf(burst('A-0412', 0, 5))).toEqual([{ text: 'A-0412', length: 6 }]);
    expect(codesOf(burst('A-0412', 0, 5, 'Tab'))).toEqual([{ text: 'A-0412', length: 6 }]);
  });

  it('takes J and K in a hurry for movement, where nobody types', () => {
    const hurry = (code: string, isInField: boolean) =>
      burst(code, 0, 90).map((one) => ({ ...one, isInField }));
    expect(codesOf(hurry('jjkj', false))).toEqual([]);
    expect(codesOf(hurry('jjk4', false))).toEqual([{ text: 'jjk4', length: 4 }]);
    expect(codesOf(burst('jjkj', 0, 5))).toEqual([{ text: 'jjkj', length: 4 }]);
    const [first, second] = hurry('jk', false);
    if (first === undefined || second === undefined) throw new Error('two keys');
    expect(readWedgeKey(settings, readWedgeKey(settings, emptyWedge, first).state, second).isBurst).toBe(
      false,
    );
  });

  it('leaves a person who types alone', () => {
    expect(codesOf(burst('A-0412', 0, 90))).toEqual([]);
  });

  it('hears a scanner that hesitates where nobody types', () => {
    const outside = burst('A-0412', 0, 140).map((one) => ({ ...one, isInField: false }));
    expect(codesOf(outside)).toEqual([{ text: 'A-0412', length: 6 }]);
    expect(codesOf(burst('A-0412', 0, 140))).toEqual([]);
  });

  it('never takes the rest of a code for a code', () => {
    const [first, ...rest] = burst('A-0412', 0, 5);
    const late = rest.map((one) => ({ ...one, atMs: one.atMs + 200 }));
    for (const isInField of [true, false]) {
      const keys = [...(first ? [first] : []), ...late].map((one) => ({ ...one, isInField }));
      expect(codesOf([...keys, ...burst('B-77', 1000, 5)])).toEqual([{ text: 'B-77', length: 4 }]);
    }
  });

  it('leaves two fast keys and Enter alone', () => {
    expect(codesOf(burst('ok', 0, 5))).toEqual([]);
  });

  it('wants Enter to come as fast as the rest', () => {
    const keys = burst('A-0412', 0, 5).slice(0, -1);
    expect(codesOf([...keys, key('Enter', 500)])).toEqual([]);
  });

  it('starts anew when a burst follows typing without Enter', () => {
    expect(codesOf([...burst('search', 0, 120).slice(0, -1), ...burst('A-0412', 2000, 3)])).toEqual([
      { text: 'A-0412', length: 6 },
    ]);
  });

  it('takes characters as the layout makes them, with Shift and AltGr in between', () => {
    const keys = [
      key('Shift', 0),
      key('A', 2),
      key('Shift', 4),
      key('_', 6),
      key('AltGraph', 8),
      key('@', 10),
      key('1', 12),
      key('Enter', 14),
    ];
    expect(codesOf(keys)).toEqual([{ text: 'A_@1', length: 4 }]);
  });

  it('reads the group separator of GS1 and the control-key terminators of some scanners', () => {
    const keys = [
      key('0', 0),
      key('1', 2),
      key('Control', 3),
      key(']', 4, { isCommand: true }),
      key('9', 6),
      key('j', 8, { isCommand: true }),
    ];
    expect(codesOf(keys)).toEqual([{ text: '01\u001d9', length: 4 }]);
  });

  it('takes no command or held key for a scan', () => {
    expect(codesOf([key('c', 0, { isCommand: true }), ...burst('ab', 3, 3)])).toEqual([]);
    const held = Array.from({ length: 20 }, (_, index) => key('x', index * 30, { isRepeat: index > 0 }));
    expect(codesOf([...held, key('Enter', 600)])).toEqual([]);
  });

  it('takes prefix and suffix off', () => {
    const wrapped = { ...settings, prefix: '\u0002', suffix: '##' };
    expect(codesOf(burst('\u0002A-0412##', 0, 4), wrapped)).toEqual([{ text: 'A-0412', length: 6 }]);
    expect(codesOf(burst('A-0412', 0, 4), wrapped)).toEqual([{ text: 'A-0412', length: 6 }]);
  });

  it('survives 10 kB of garbage in bounded memory and tells how long it was', () => {
    const [code] = codesOf(burst('x'.repeat(10_240), 0, 1));
    expect(code?.length).toBe(10_240);
    expect(code?.text.length).toBe(settings.maxLength);
    expect(codesOf([...burst('x'.repeat(10_240), 0, 1), ...burst('A-0412', 20_000, 2)])).toHaveLength(2);
  });

  it('reads every one of any number of scans, in order, whatever the gaps within the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(codeText, fc.integer({ min: 0, max: settings.maxGapMs })), { maxLength: 12 }),
        (scans) => {
          let now = 0;
          const keys = scans.flatMap(([code, gap]) => {
            const from = now;
            now += (code.length + 2) * gap + 1;
            return burst(code, from, gap);
          });
          expect(codesOf(keys).map((code) => code.text)).toEqual(scans.map(([code]) => code));
        },
      ),
      { seed },
    );
  });

  it('reads nothing from typing, however long', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(character, fc.integer({ min: settings.maxGapMs + 1, max: 900 })), {
          maxLength: 80,
        }),
        (typed) => {
          let now = 0;
          const keys = typed.map(([name, gap]) => {
            now += gap;
            return key(name, now);
          });
          expect(codesOf([...keys, key('Enter', now + settings.maxGapMs + 1)])).toEqual([]);
        },
      ),
      { seed },
    );
  });

  it('never fails on any sequence of keys and never makes up a character', () => {
    const anyKey = fc.record({
      key: fc.oneof(
        character,
        fc.constantFrom('Enter', 'Tab', 'Shift', 'Backspace', 'Dead', 'Process', 'F5'),
      ),
      gap: fc.integer({ min: 0, max: 120 }),
      isRepeat: fc.boolean(),
      isCommand: fc.boolean(),
      isInField: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 200 }), (sequence) => {
        let now = 0;
        const keys = sequence.map((one) => {
          now += one.gap;
          return {
            key: one.key,
            atMs: now,
            isRepeat: one.isRepeat,
            isCommand: one.isCommand,
            isInField: one.isInField,
          };
        });
        const typed = keys.map((one) => (one.key === ']' ? ']\u001d' : one.key)).join('');
        for (const code of codesOf(keys)) {
          expect(code.length).toBeGreaterThanOrEqual(settings.minLength);
          for (const one of code.text) expect(typed).toContain(one);
        }
      }),
      { seed },
    );
  });
});
