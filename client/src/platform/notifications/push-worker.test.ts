import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';

/** The service worker's script as it stands, in a worker of our own making. */
const script = readFileSync(join(import.meta.dirname, '../../../public/push.js'), 'utf8');
const ORIGIN = 'https://rental.test';

function startWorker(windowCount: number) {
  const listeners = new Map<string, (event: object) => void>();
  const done: unknown[] = [];
  const shown = {
    focus: async () => void done.push('focus'),
    navigate: async (to: string) => void done.push(to),
  };
  const worker = {
    addEventListener: (name: string, listener: (event: object) => void) => listeners.set(name, listener),
    location: { origin: ORIGIN },
    registration: { showNotification: async (...said: unknown[]) => void done.push(said) },
    clients: {
      matchAll: async () => Array.from({ length: windowCount }, () => shown),
      openWindow: async (to: string) => void done.push(`open ${to}`),
    },
  };
  runInNewContext(`((self) => {${script}})`, { URL })(worker);
  return {
    done,
    async send(name: string, event: object) {
      let answer: unknown;
      listeners.get(name)?.({ ...event, waitUntil: (promise: unknown) => (answer = promise) });
      await answer;
    },
  };
}
const click = (path: string) => ({ notification: { close: () => undefined, data: { path } } });

describe('the service worker', () => {
  test('shows what was pushed, once for each notification', async () => {
    const worker = startWorker(0);
    const note = { id: 'n-1', title: 'Atego has left', body: 'Gala', language: 'en', path: '/trucks' };
    await worker.send('push', { data: { json: () => note } });
    await worker.send('push', { data: null });
    expect(worker.done).toEqual([
      [
        'Atego has left',
        expect.objectContaining({ body: 'Gala', tag: 'n-1', lang: 'en', data: { path: '/trucks' } }),
      ],
    ]);
  });

  test('leads the app that is open there, or opens it', async () => {
    const open = startWorker(1);
    await open.send('notificationclick', click('/trucks'));
    expect(open.done).toEqual(['focus', `${ORIGIN}/trucks`]);
    const closed = startWorker(0);
    await closed.send('notificationclick', click('/conflicts/a%3Ab'));
    expect(closed.done).toEqual([`open ${ORIGIN}/conflicts/a%3Ab`]);
  });

  test('leads to no other site, whatever a message says', async () => {
    const worker = startWorker(1);
    for (const path of ['https://example.com/', '//example.com/', 'javascript:alert(1)'])
      await worker.send('notificationclick', click(path));
    expect(worker.done).toEqual([]);
  });
});
