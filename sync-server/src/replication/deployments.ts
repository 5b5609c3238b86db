import { randomBytes } from 'node:crypto';
import type { Queryable, SyncSchema } from '#oplog/oplog-store.ts';
import { type ReplicationState, readState } from './replication-state.ts';
import { slotPrefix } from './slot.ts';

export type Identity = {
  readonly configText: string;
  /** The same for two texts that mean the same. */
  readonly configMeaning: string;
  readonly cluster: string;
};

/**
 * What is served as it was while something newer is not whole: the deployment whose configuration was replaced, or the
 * newest one up to where it was before everything had to be copied again.
 */
export type ServedDeployment = {
  readonly schema: SyncSchema;
  readonly deployment: string;
  readonly configText: string;
  readonly servedTo: number;
};

export type OpenedDeployment = {
  readonly state: ReplicationState;
  /** What clients get until this one is whole; null when they get this one. */
  readonly served: ServedDeployment | null;
  /** Positions in the log mean nothing any more: it is another one than when this was last opened. */
  readonly isOtherCluster: boolean;
};

/**
 * The deployment that belongs to this configuration. For another meaning a new one begins, and what was whole before is
 * set aside and served meanwhile. Another cluster, e.g. a standby that has taken over, does not change what devices
 * have: the same deployment goes on, and the differences are found by copying.
 */
export async function openDeployment(db: Queryable, identity: Identity): Promise<OpenedDeployment> {
  await db.query('BEGIN');
  await chooseDeployment(db, identity);
  const found = await readNewest(db);
  const isOtherCluster = found.cluster !== identity.cluster;
  if (isOtherCluster) await moveToCluster(db, identity.cluster);
  await db.query('UPDATE sync.state SET config_text = $1 WHERE config_text <> $1', [identity.configText]);
  const { state } = await readNewest(db);
  const served = state.isWhole
    ? null
    : ((await readServedOf(db, 'sync')) ?? (await readServedOf(db, 'sync_served')));
  await db.query('COMMIT');
  return { state, served, isOtherCluster };
}

/** What may be served of what is kept in a schema; null where nothing is. */
export async function readServedOf(db: Queryable, schema: SyncSchema): Promise<ServedDeployment | null> {
  const stored = await readState(db, schema);
  if (stored === null || stored.state.servedTo === null) return null;
  const { deployment, servedTo } = stored.state;
  return { schema, deployment, configText: stored.configText, servedTo };
}

/** Whatever was served beside the newest deployment is served no more. */
export async function dropServed(db: Queryable): Promise<void> {
  await db.query('SELECT sync.drop_served()');
}

async function chooseDeployment(db: Queryable, identity: Identity): Promise<void> {
  const newest = await readState(db, 'sync');
  if (newest?.meaning === identity.configMeaning) return;
  const served = await readState(db, 'sync_served');
  if (served?.meaning === identity.configMeaning) {
    await db.query('SELECT sync.bring_back()');
    return;
  }
  await db.query(
    (newest?.state.servedTo ?? null) !== null ? 'SELECT sync.set_aside()' : 'SELECT sync.forget_begun()',
  );
  const deployment = randomBytes(4).toString('hex');
  await db.query(
    `INSERT INTO sync.state (deployment, config_meaning, config_text, cluster, slot, publication)
     VALUES ($1, $2, $3, $4, $5, '')`,
    [deployment, identity.configMeaning, identity.configText, identity.cluster, `${slotPrefix}${deployment}`],
  );
}

async function readNewest(db: Queryable) {
  const newest = await readState(db, 'sync');
  if (newest === null) throw new Error('the state of replication vanished');
  return newest;
}

/**
 * Operations that were written there and never came here may have reached devices: numbers go on far behind them, so
 * that none stands for two. A device that has such operations finds a wrong sum and loads that bucket anew; for the
 * others nothing is different.
 */
async function moveToCluster(db: Queryable, cluster: string): Promise<void> {
  await db.query(
    `UPDATE sync.state SET cluster = $1, last_op_id = CASE last_op_id WHEN 0 THEN 0 ELSE last_op_id + $2 END,
       lsn = '0/0', publication = ''`,
    [cluster, numbersSkipped],
  );
  // What was asked for there is in what is copied here, or was lost with it.
  await db.query(`UPDATE sync.write_checkpoints SET lsn = '0/0'`);
}

const numbersSkipped = 2 ** 32;
