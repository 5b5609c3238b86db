import type pg from 'pg';
import { OneSyncQuery, type Statement } from './one-sync-query.ts';
import { together } from './together.ts';

/** On whose behalf a transaction runs. Row-level security and the audit trail read it; it ends with the transaction. */
export type TenantScope = {
  readonly tenantId: string;
  readonly userId: string | null;
  readonly deviceId: string | null;
  /** Null in a batch for many operations: then the audit trail takes the operation from the row. */
  readonly operationId: string | null;
  readonly requestId: string | null;
  /** How long each of its statements may take, at least 1; null or absent: as long as the database allows anyway. */
  readonly statementTimeoutMs?: number | null;
};

/** The connection while its transaction is open. Not to be kept beyond it. */
export type TenantTransaction = pg.PoolClient;

export type TenantTransactionOptions = {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readonly isReadOnly?: boolean;
  /**
   * For work that looks rows up by their keys only: a plan that walks through a table while that is small would be kept
   * when it has grown, for as long as the connection lives.
   */
  readonly avoidsTableScans?: boolean;
  /**
   * Named statements are planned once by each connection, whatever their values: for those that have one good plan. Planning
   * costs more than most of them read, and a LIMIT that is a value would have each planned anew. Table scans are avoided too.
   */
  readonly keepsPlans?: boolean;
  /** How often the whole is tried when PostgreSQL asks for a repeat (deadlock, serialisation). 1 unless said. */
  readonly attempts?: number;
};

/**
 * Runs `use` in one transaction that sees and writes the rows of one tenant only. Commits what `use` did, or, when it
 * throws, nothing. With more than one attempt `use` must be safe to repeat.
 */
export async function withTenant<T>(
  pool: pg.Pool,
  scope: TenantScope,
  use: (tx: TenantTransaction) => Promise<T>,
  options: TenantTransactionOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(pool, scope, use, options);
    } catch (error) {
      if (attempt >= (options.attempts ?? 1) || !isWorthRepeating(error)) throw error;
    }
  }
}

/**
 * A transaction with one way to the database and back: `send` sends all of its statements before it waits for any, and
 * its end goes out with them. A statement that came later would throw. Whatever is decided on their answers changes
 * nothing any more; where one of them fails, nothing of them stays.
 */
export async function atOnceWithTenant<T>(
  pool: pg.Pool,
  scope: TenantScope,
  send: (tx: TenantTransaction) => Promise<T>,
  options: Omit<TenantTransactionOptions, 'attempts' | 'isolation'> = {},
): Promise<T> {
  const client = await pool.connect();
  const all = new OneSyncQuery();
  let hasEnded = false;
  const query = (statement: Statement, values?: unknown[]) => {
    if (hasEnded) throw new Error('a statement after the commit of its transaction was sent');
    return all.add(statement, values);
  };
  const tx: TenantTransaction = Object.create(client, { query: { value: query } });
  try {
    const scoped = all.add(setScope(scope, options));
    const sent = begun(send, tx);
    hasEnded = true;
    client.query(all);
    const [, result] = await together([scoped, sent]);
    return result;
  } finally {
    // It has ended in any case: nothing of it is left on the connection.
    client.release();
  }
}

/** True for the errors after which the same transaction may well succeed: serialisation failure and deadlock. */
export function isWorthRepeating(error: unknown): boolean {
  const code = error instanceof Error ? (error as pg.DatabaseError).code : undefined;
  return code === '40001' || code === '40P01';
}

async function runOnce<T>(
  pool: pg.Pool,
  scope: TenantScope,
  use: (tx: TenantTransaction) => Promise<T>,
  options: TenantTransactionOptions,
): Promise<T> {
  const client = await pool.connect();
  try {
    // What `use` sends before it waits goes out with them: where they fail, it finds the transaction aborted.
    const opened = begin(client, scope, options);
    const [, , result] = await together([...opened, begun(use, client)]);
    await client.query(named('COMMIT'));
    client.release();
    return result;
  } catch (error) {
    await rollBack(client);
    throw error;
  }
}

function begin(client: pg.PoolClient, scope: TenantScope, options: TenantTransactionOptions) {
  const { isolation = 'read committed' } = options;
  return [
    client.query(named(`BEGIN ISOLATION LEVEL ${isolation}`)),
    client.query(setScope(scope, options)),
  ] as const;
}

function setScope(
  scope: TenantScope,
  { isReadOnly = false, keepsPlans = false, avoidsTableScans = keepsPlans }: TenantTransactionOptions,
) {
  const values = [
    scope.tenantId,
    scope.userId ?? '',
    scope.deviceId ?? '',
    scope.operationId ?? '',
    scope.requestId ?? '',
    avoidsTableScans ? 'off' : 'on',
    scope.statementTimeoutMs ?? null,
    keepsPlans ? 'force_generic_plan' : 'auto',
    isReadOnly ? 'on' : null,
  ];
  return { name: 'set-scope', text: SET_SCOPE, values };
}

/** Never throws before it answers: the statements that are under way must be waited for. */
async function begun<T>(use: (tx: TenantTransaction) => Promise<T>, client: pg.PoolClient): Promise<T> {
  return use(client);
}

/** A statement without a name would be sent by itself (one-write-socket.ts). */
function named(text: string) {
  return { name: text, text };
}

/** A connection that cannot roll back must never carry its scope into the next transaction: it is closed. */
async function rollBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}

const SET_SCOPE = `SELECT
  set_config('eventkit.tenant_id', $1, true),
  set_config('eventkit.user_id', $2, true),
  set_config('eventkit.device_id', $3, true),
  set_config('eventkit.operation_id', $4, true),
  set_config('eventkit.request_id', $5, true),
  set_config('enable_seqscan', $6, true),
  set_config('statement_timeout', coalesce($7, current_setting('statement_timeout')), true),
  set_config('plan_cache_mode', $8, true),
  set_config('transaction_read_only', coalesce($9, current_setting('transaction_read_only')), true)`;
