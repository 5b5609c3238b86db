import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { RandomSource } from '#simulation/random-source.ts';
import type { SyncCompany } from './sync-company.ts';

/** Somebody who changes assets without a pause, whatever happens to the database. No content ever comes twice. */
export type ChangingRows = {
  /** Rows that were changed in transactions that were confirmed. */
  readonly changedCount: number;
  /** Resolves when nothing is being written any more. */
  pause(): Promise<void>;
  resume(): void;
  stop(): Promise<void>;
};

const MOST_ROWS = 8;
const LONGEST_PAUSE_MS = 40;

export function startChanging(
  pool: Pool,
  { tenant }: Pick<SyncCompany, 'tenant'>,
  random: RandomSource,
): ChangingRows {
  let isPaused = false;
  let isStopped = false;
  let changedCount = 0;
  let serial = 0;
  let resumed = (): void => undefined;
  let writing: Promise<void> = Promise.resolve();

  /** Some are taken away, what was taken away may come back, and each gets a serial number of its own. */
  async function change(): Promise<void> {
    const count = Math.ceil(random.between(0, MOST_ROWS));
    const ids = Array.from({ length: count }, () => random.pick(tenant.assetIds));
    const isRemoval = random.chance(0.1);
    serial += 1;
    try {
      const { rowCount } = await pool.query(
        `UPDATE assets SET serial = $3 || '-' || code, deleted_at = CASE WHEN $4 THEN now() END
         WHERE tenant_id = $1 AND id = ANY ($2)`,
        [tenant.tenantId, ids, String(serial), isRemoval],
      );
      changedCount += rowCount ?? 0;
    } catch {
      // The database was struck: what it did not confirm may have been written or not.
      await wait(100);
    }
  }

  const running = (async () => {
    while (!isStopped) {
      if (isPaused) {
        await new Promise<void>((resolve) => {
          resumed = resolve;
        });
        continue;
      }
      writing = change();
      await writing;
      await wait(random.between(0, LONGEST_PAUSE_MS));
    }
  })();

  const resume = () => {
    isPaused = false;
    resumed();
  };
  return {
    get changedCount() {
      return changedCount;
    },
    async pause() {
      isPaused = true;
      await writing;
    },
    resume,
    async stop() {
      isStopped = true;
      resume();
      await running;
    },
  };
}
