import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SyncStage } from '@eventkit/sync-server/testing/sync-stage.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from './rule.ts';

let stage: SyncStage;

beforeAll(async () => {
  stage = await SyncStage.create();
  await stage.start({ limits: { keepaliveMs: 300 } });
});

afterAll(() => stage.close());

test('the command judges a server by its address, a token and the database behind it', async () => {
  const { code, outcomes } = await run([
    ...['--url', stage.running.url, '--token', stage.token(), '--database-url', stage.ownerUrl],
    ...['--tenant', stage.tenant.id, '--only', 'SY1,SY12,SY13,SY18', '--keepalive-ms', '300'],
  ]);
  expect(outcomes.filter(({ result }) => result === 'failed')).toEqual([]);
  expect(code).toBe(0);
  const resultOf = (words: string) => outcomes.find(({ title }) => title.includes(words))?.result;
  expect(resultOf('no token, a damaged one')).toBe('passed');
  expect(resultOf('a transaction of several rows')).toBe('passed');
  // There is no token of somebody else, nor one with a life of its own.
  expect(resultOf('only who holds a changed bucket')).toBe('not checkable');
  expect(resultOf('a stream ends with its token')).toBe('not checkable');
});

test('a server that breaks rules fails, with what was seen', async () => {
  const careless = createServer((_, response) => response.writeHead(200).end('{}'));
  await new Promise<void>((resolve) => careless.listen(0, '127.0.0.1', resolve));
  const { port } = careless.address() as AddressInfo;
  const { code, outcomes } = await run([
    '--url',
    `http://127.0.0.1:${port}`,
    '--token',
    'any',
    '--only',
    'SY1',
  ]);
  careless.close();
  expect(code).toBe(1);
  expect(outcomes.map(({ result }) => result)).toEqual(['failed', 'passed']);
  expect(outcomes[0]?.detail).toContain('/sync/stream, token 0');
});

async function run(args: readonly string[]): Promise<{ code: number; outcomes: readonly Outcome[] }> {
  const main = join(import.meta.dirname, 'main.ts');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [main, ...args, '--json'], (error, stdout, stderr) => {
      if (stdout === '') reject(new Error(stderr));
      else resolve({ code: error === null ? 0 : Number(error.code), outcomes: JSON.parse(stdout) });
    });
  });
}
