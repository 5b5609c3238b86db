import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTurns } from './turns.ts';

/** Lets everything run that waits for nothing but promises. */
const settle = () => new Promise(setImmediate);

describe('turns', () => {
  test('of one person are a few at once, the others in the order in which they came', async () => {
    const turns = createTurns({ mostUnderWay: 2, mostWaiting: 10 });
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    for (const call of [1, 2, 3, 4]) {
      void turns.take('anna')?.then((end) => {
        begun.push(call);
        ends.push(end);
      });
    }
    await settle();
    expect(begun).toEqual([1, 2]);
    ends[1]?.();
    await settle();
    expect(begun).toEqual([1, 2, 3]);
    ends[0]?.();
    await settle();
    expect(begun).toEqual([1, 2, 3, 4]);
  });

  test('of another person do not wait for them', async () => {
    const turns = createTurns({ mostUnderWay: 1, mostWaiting: 10 });
    await turns.take('anna');
    void turns.take('anna');
    expect(await turns.take('ben')).toBeTypeOf('function');
  });

  test('are refused where too many of the person wait already, and not for ever', async () => {
    const turns = createTurns({ mostUnderWay: 1, mostWaiting: 1 });
    const end = await turns.take('anna');
    const waiting = turns.take('anna');
    expect(waiting).not.toBeNull();
    expect(turns.take('anna')).toBeNull();
    end?.();
    (await waiting)?.();
    expect(await turns.take('anna')).toBeTypeOf('function');
  });

  test('all come, however calls come and end, and never more of one person than may be', async () => {
    const calls = fc.array(fc.record({ person: fc.constantFrom('anna', 'ben', 'cem'), lasts: fc.nat(5) }));
    await fc.assert(
      fc.asyncProperty(calls, fc.integer({ min: 1, max: 3 }), async (all, mostUnderWay) => {
        const turns = createTurns({ mostUnderWay, mostWaiting: 1000 });
        const underWay = new Map<string, number>();
        const order = new Map<string, number[]>();
        await Promise.all(
          all.map(async ({ person, lasts }, place) => {
            const end = await turns.take(person);
            order.set(person, [...(order.get(person) ?? []), place]);
            underWay.set(person, (underWay.get(person) ?? 0) + 1);
            expect(underWay.get(person)).toBeLessThanOrEqual(mostUnderWay);
            for (let turn = 0; turn < lasts; turn += 1) await Promise.resolve();
            underWay.set(person, (underWay.get(person) ?? 0) - 1);
            end?.();
          }),
        );
        for (const places of order.values()) expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect([...order.values()].flat()).toHaveLength(all.length);
      }),
    );
  });
});
