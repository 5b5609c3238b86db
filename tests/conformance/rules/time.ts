import assert from 'node:assert/strict';
import { eventually } from '@eventkit/sync-server/testing/running-sync-server.ts';
import type { Rule } from '#conformance/rule.ts';

const EXPIRY_MS = 90_000;

export const timeRules: readonly Rule[] = [
  {
    title: '[SY18] an idle stream is told that it lives, in whole seconds that are left of its token',
    async check({ drained, subject }) {
      const reader = await drained();
      const from = reader.lines.length;
      const told = () => reader.lines.slice(from).filter((line) => 'token_expires_in' in line);
      await eventually(() => told().length >= 2, 'two keepalives', 2000 + 3 * subject.keepaliveMs);
      for (const line of told()) {
        const seconds = line['token_expires_in'];
        assert.ok(Number.isInteger(seconds) && Number(seconds) > 0 && Number(seconds) < 2 ** 31);
      }
    },
  },
  ...[undefined, 'gzip', 'zstd'].map(
    (encoding): Rule => ({
      title: `[SY18] [SY3] a stream ends with its token, as a whole of its coding: ${encoding ?? 'none'}`,
      async check({ open, token, need }) {
        const life = await token({ lifeSeconds: 2 });
        const reader = await open({ token: life, ...(encoding === undefined ? {} : { encoding }) });
        need(reader.status === 200 ? reader : null, 'tokens that may live for two seconds');
        const gaveUp = new Promise<never>((_, reject) => {
          setTimeout(() => reject(new Error('the stream outlives its token')), EXPIRY_MS).unref();
        });
        await Promise.race([reader.ended, gaveUp]);
        assert.deepEqual(reader.lines.at(-1), { token_expires_in: 0 });
      },
    }),
  ),
];

/** The last of all: nothing can be asked any more after it. */
export const stopRule: Rule = {
  title: '[SY55] a server that stops ends its streams as wholes of their coding and takes no new ones',
  async check({ drained, subject, need, ask }) {
    const stop = need(subject.stop, 'a way to stop the server');
    const readers = await Promise.all(
      [undefined, 'gzip', 'zstd'].map((encoding) => drained(encoding === undefined ? {} : { encoding })),
    );
    const stopping = stop();
    await Promise.all(readers.map((reader) => reader.ended));
    const refused = await ask('/sync/stream', { method: 'POST', body: '{}' }).then(
      (response) => response.status === 503,
      () => true,
    );
    assert.ok(refused, 'a new stream was opened');
    await stopping;
  },
};
