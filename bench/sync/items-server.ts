import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { testToken } from '@eventkit/sync-server/testing/running-sync-server.ts';
import { itemsTenant } from './items-cluster.ts';
import type { ServerNews, ServerUsage } from './server-process.ts';

const flagsOfServer = JSON.parse(
  readFileSync(new URL('../../cli/node-flags.json', import.meta.url), 'utf8'),
) as string[];

/** A sync server in a process of its own, with everything copied. */
export type ItemsServer = AsyncDisposable & {
  readonly url: string;
  readonly token: string;
  /** From the moment at which it listened until it was well. */
  readonly copiedMs: number;
  usage(): Promise<ServerUsage>;
};

export async function startItemsServer(
  ownerUrl: string,
  { keepaliveMs }: { readonly keepaliveMs?: number } = {},
): Promise<ItemsServer> {
  const args = keepaliveMs === undefined ? [ownerUrl] : [ownerUrl, String(keepaliveMs)];
  const child = fork(new URL('./server-process.ts', import.meta.url), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: flagsOfServer,
  });
  const { url } = await news(child, 'url');
  const startedAt = performance.now();
  await news(child, 'whole');
  return {
    url,
    token: testToken({ tenantId: itemsTenant, lifeSeconds: 3600 }),
    copiedMs: performance.now() - startedAt,
    async usage() {
      const answer = news(child, 'usage');
      child.send('usage');
      return (await answer).usage;
    },
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

function news<Tag extends ServerNews['tag']>(
  child: ChildProcess,
  tag: Tag,
): Promise<Extract<ServerNews, { tag: Tag }>> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('the sync server has ended'));
    const onMessage = (message: unknown) => {
      const told = message as ServerNews;
      if (told.tag !== tag) return;
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(told as Extract<ServerNews, { tag: Tag }>);
    };
    child.on('message', onMessage);
    child.once('exit', onExit);
  });
}
