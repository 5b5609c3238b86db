import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeDataFolder } from '@eventkit/database/testing/make-data-folder.ts';
import { expect, test } from 'vitest';
import { readSentryDsn } from '#error-reports/sentry-dsn.ts';
import { createFileLog } from './create-log.ts';

test('errors in the log are reported, from every part of the system and nothing else', async () => {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    bodies.push(body);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dsn = readSentryDsn(`http://key@127.0.0.1:${(server.address() as AddressInfo).port}/1`);
  if (dsn === null) throw new Error('no DSN');
  const dataDir = makeDataFolder('log');
  const log = createFileLog({ logLevel: 'info', dataDir, errorReports: { dsn, environment: 'test' } });

  log.logger.warn({ err: new Error('only a warning') }, 'a warning');
  log.logger.error({ err: new Error('broken'), requestId: 'request-1' }, 'call failed');
  log.logger.child({ part: 'sync' }).error({ problem: 'bytes of Jana' }, 'operation kept unread');
  log.logger.fatal(new Error('the end'));
  log.logger.error('words alone');
  await log.flush();

  const events = bodies.map((body) => JSON.parse(body.split('\n')[2] ?? '') as { logentry: object });
  expect(events.map(({ logentry }) => logentry)).toEqual(
    expect.arrayContaining([
      { formatted: 'call failed' },
      { formatted: 'operation kept unread' },
      { formatted: 'the end' },
      { formatted: 'words alone' },
    ]),
  );
  expect(events).toHaveLength(4);
  expect(bodies.join()).not.toContain('Jana');
  expect((await readFile(log.file, 'utf8')).trim().split('\n')).toHaveLength(5);
  await new Promise((resolve) => server.close(resolve));
  await rm(dataDir, { recursive: true });
});
