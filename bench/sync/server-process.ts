import { runSyncServer } from '@eventkit/sync-server/testing/running-sync-server.ts';
import { itemsConfig } from './items-cluster.ts';

/** What the bench asks this process, and what it is told. Times in seconds of processor time, memory in megabytes. */
export type ServerUsage = { readonly cpuSeconds: number; readonly peakMegabytes: number };
export type ServerNews =
  | { readonly tag: 'url'; readonly url: string }
  | { readonly tag: 'whole' }
  | { readonly tag: 'usage'; readonly usage: ServerUsage };

/** A sync server in a process of its own, so that what it uses can be told from what its readers use. */
const [, , ownerUrl, keepaliveMs] = process.argv;
if (ownerUrl === undefined) throw new Error('usage: server-process.ts <owner url> [keepalive in ms]');
const limits = keepaliveMs === undefined ? {} : { keepaliveMs: Number(keepaliveMs) };
const running = await runSyncServer({ ownerUrl, configText: itemsConfig, limits });
const tell = (news: ServerNews) => process.send?.(news);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const usage = { cpuSeconds: (user + system) / 1e6, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
  tell({ tag: 'usage', usage });
});
process.on('disconnect', () => process.exit(0));
tell({ tag: 'url', url: running.url });
const looking = setInterval(() => {
  if (running.server.health().status !== 'ok') return;
  clearInterval(looking);
  tell({ tag: 'whole' });
}, 5);
