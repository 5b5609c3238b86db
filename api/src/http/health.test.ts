import { expect, test } from 'vitest';
import { examine } from './health.ts';

const well = async () => ({ isWell: true });
const signInDown = async () => ({ isWell: false, isSpareable: true, detail: 'Nobody can sign in.' });
const databaseDown = async () => ({ isWell: false, detail: 'PostgreSQL does not answer.' });

test('all well is said in words', async () => {
  expect(await examine({ database: well })).toMatchObject({ status: 'ok', summary: 'EventKit is well.' });
});

test('a part that can be spared degrades; the rest goes on serving', async () => {
  expect(await examine({ database: well, signIn: signInDown })).toMatchObject({
    status: 'degraded',
    summary: 'Nobody can sign in.',
  });
});

test('a part that cannot be spared outweighs it, and the summary names both', async () => {
  expect(await examine({ database: databaseDown, signIn: signInDown })).toMatchObject({
    status: 'unwell',
    summary: 'PostgreSQL does not answer. Nobody can sign in.',
  });
});
