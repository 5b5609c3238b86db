import { expect, it } from 'vitest';
import { createRefusedCredentials } from './refused-credentials.ts';

function refusedAt() {
  let nowMs = 0;
  const refused = createRefusedCredentials({ monotonicMs: () => nowMs });
  return {
    ...refused,
    at(ms: number) {
      nowMs = ms;
    },
  };
}

const jana = new Headers({ authorization: 'Bearer jana' });
const session = new Headers({ cookie: 'eventkit=jana' });

it('lasts for as long as was said, for that kind of call and that credential alone', () => {
  const { note, waitMs, at } = refusedAt();
  note(jana, 'screens', 500);
  note(session, 'screens', 100);
  at(99);
  expect([waitMs(jana, 'screens'), waitMs(session, 'screens')]).toEqual([401, 1]);
  expect([waitMs(jana, 'devices'), waitMs(new Headers(), 'screens')]).toEqual([0, 0]);
  at(500);
  expect(waitMs(jana, 'screens')).toBe(0);
});

it('remembers ten thousand, the latest', () => {
  const { note, waitMs } = refusedAt();
  note(jana, 'screens', 500);
  for (let other = 0; other < 10_000; other += 1) {
    note(new Headers({ authorization: `Bearer ${other}` }), 'screens', 500);
  }
  expect(waitMs(jana, 'screens')).toBe(0);
  expect(waitMs(new Headers({ authorization: 'Bearer 0' }), 'screens')).toBe(500);
});
