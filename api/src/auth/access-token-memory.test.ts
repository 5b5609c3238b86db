import { err, ok } from '@eventkit/shared/kernel/result.ts';
import { beforeEach, expect, test } from 'vitest';
import { rememberTokens } from './access-token-memory.ts';

const START_MS = 1_795_000_000_000;
let nowMs = 0;
let verified: string[] = [];
const clock = { wallMs: () => START_MS + nowMs, monotonicMs: () => nowMs };
const lasting = (seconds: number) =>
  rememberTokens(clock, async (token) => {
    verified.push(token);
    if (token.startsWith('bad')) return err({ tag: 'token_refused', reason: 'signature' });
    const all = { exp: START_MS / 1000 + seconds };
    return ok({ issuer: 'https://id.example.test', subject: token, verifiedEmail: null, all });
  });

beforeEach(() => {
  nowMs = 0;
  verified = [];
});

test('a valid token is verified once in a minute', async () => {
  const verify = lasting(300);
  const first = await verify('a');
  nowMs = 59_999;
  expect(await verify('a')).toEqual(first);
  expect(verified).toEqual(['a']);
  nowMs = 60_000;
  await verify('a');
  expect(verified).toEqual(['a', 'a']);
});

test('a token is verified again when it has ended', async () => {
  const verify = lasting(5);
  await verify('a');
  nowMs = 4999;
  await verify('a');
  expect(verified).toEqual(['a']);
  nowMs = 5000;
  await verify('a');
  expect(verified).toEqual(['a', 'a']);
});

test('a token that is refused is verified each time, and another one gets nothing of a known one', async () => {
  const verify = lasting(300);
  await verify('a');
  expect(await verify('bad')).toMatchObject({ ok: false });
  expect(await verify('bad')).toMatchObject({ ok: false });
  expect(await verify('b')).toMatchObject({ value: { subject: 'b' } });
  expect(verified).toEqual(['a', 'bad', 'bad', 'b']);
});
