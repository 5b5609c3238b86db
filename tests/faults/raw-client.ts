import { setTimeout as wait } from 'node:timers/promises';
import { openStream, type RawReader } from '@eventkit/sync-server/testing/raw-reader.ts';
import { Follower } from '#conformance/follower.ts';
import type { RandomSource } from '#simulation/random-source.ts';
import type { SyncCompany } from './sync-company.ts';

/** How a client behaves: reads on and on, leaves in the middle again and again, or stops reading for a while. */
export type Manner = 'steady' | 'restless' | 'slow';

export type RawClientOptions = {
  readonly company: Pick<SyncCompany, 'url' | 'token'>;
  readonly random: RandomSource;
  readonly manner?: Manner;
  readonly accept?: string;
  readonly encoding?: string;
  /** What is held of a row's data. */
  readonly keep?: (data: string) => string;
  readonly onLine?: () => void;
};

/** A client of the bare protocol that comes back whenever its stream ends, and keeps what it has. */
export type RawClient = {
  readonly name: string;
  readonly follower: Follower;
  readonly connections: number;
  /** Those that did not come about, or ended otherwise than by their token or by the client itself. */
  readonly brokenConnections: number;
  /** The most operations that one connection needed until it was up to date, the first connection not counted. */
  readonly mostAtReturn: number;
  /** All operations ever received after the first connection was up to date. */
  readonly receivedOps: number;
  close(): Promise<void>;
};

const LONGEST_STAY_MS = 3000;
const LONGEST_PAUSE_MS = 1500;

export function startRawClient(options: RawClientOptions): RawClient {
  const { company, random, manner = 'steady', accept, encoding } = options;
  const follower = new Follower(options.keep);
  let isClosed = false;
  let reader: RawReader | null = null;
  let connections = 0;
  let wholeConnections = 0;
  let mostAtReturn = 0;
  let receivedOps = 0;
  let wasEverComplete = false;

  async function stay(): Promise<void> {
    connections += 1;
    follower.begin();
    let isReturning = true;
    let before = 0;
    let isExpired = false;
    let isLeft = false;
    reader = await openStream({
      url: company.url,
      token: await company.token(),
      body: { buckets: follower.positions() },
      ...(accept === undefined ? {} : { accept }),
      ...(encoding === undefined ? {} : { encoding }),
      keepsLines: false,
      onLine(line) {
        // A decoder hands out what it holds also after its connection was closed, when the next one may have begun.
        if (isLeft) return;
        follower.take(line);
        isExpired = line['token_expires_in'] === 0;
        if (wasEverComplete) receivedOps += follower.receivedOps - before;
        before = follower.receivedOps;
        if (isReturning && follower.isComplete) {
          isReturning = false;
          if (wasEverComplete) mostAtReturn = Math.max(mostAtReturn, follower.receivedOps);
          wasEverComplete = true;
        }
        options.onLine?.();
      },
    });
    // A call from outside may have come while this one was being opened.
    if (isClosed) reader.close();
    const ended = reader.ended.then(
      () => {
        if (isExpired) wholeConnections += 1;
      },
      () => undefined,
    );
    if (manner === 'steady') return ended;
    for (;;) {
      const pause = wait(random.between(0, LONGEST_STAY_MS));
      if ((await Promise.race([ended.then(() => 'ended'), pause])) === 'ended') return;
      if (manner === 'restless') {
        isLeft = true;
        wholeConnections += 1;
        return reader.close();
      }
      reader.pause();
      await wait(random.between(0, LONGEST_PAUSE_MS));
      reader.resume();
    }
  }

  const running = (async () => {
    while (!isClosed) {
      await stay().catch(() => undefined);
      if (!isClosed) await wait(random.between(20, 200));
    }
  })();

  return {
    name: [manner, accept?.includes('bson') === true ? 'bson' : 'ndjson', encoding ?? 'identity'].join(' '),
    follower,
    get connections() {
      return connections;
    },
    get brokenConnections() {
      // The one that is open is not over yet.
      return connections - wholeConnections - 1;
    },
    get mostAtReturn() {
      return mostAtReturn;
    },
    get receivedOps() {
      return receivedOps;
    },
    async close() {
      isClosed = true;
      reader?.close();
      await running;
    },
  };
}
