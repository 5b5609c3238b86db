import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadWorkingSet } from '@eventkit/client/platform/operations/load-working-set.ts';
import { writeOverlay } from '@eventkit/client/platform/operations/write-overlay.ts';
import { openNodeReplica } from '@eventkit/client/platform/replica/open-node-replica.ts';
import type { Replica } from '@eventkit/client/platform/replica/replica.ts';
import { download } from '@eventkit/client/platform/testing/test-device.ts';
import { decideOperation } from '@eventkit/shared/operations/decide-operation.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { readsOf } from '@eventkit/shared/operations/reads-of.ts';
import type { LedgerRow } from '@eventkit/shared/operations/subject-state.ts';
import type { Decision } from '@eventkit/shared/operations/working-set.ts';
import type { AssetRow, ConflictRow, MovementRow } from '@eventkit/shared/schema/ledger-rows.ts';
import {
  type SubjectTableName,
  subjectLedgers,
  subjectTableNames,
} from '@eventkit/shared/schema/subject-ledgers.ts';
import { type SyncedTableName, syncedTables } from '@eventkit/shared/schema/synced-tables.ts';
import { type LedgerTableName, selectedColumns } from '@eventkit/sync-server/upload/ledger-columns.ts';
import { push, type UploadDatabase } from '@eventkit/sync-server/upload/testing/upload-database.ts';
import type { UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';

/** What was said of an operation: the part of a decision that both sides tell. */
export type Said = Pick<Decision, 'verdict' | 'reason'>;

/** The ledger as devices hold it; when the server had it is left out, since a device does not know. */
export type Ledger = {
  readonly assets: readonly AssetRow[];
  readonly movements: readonly Omit<MovementRow, 'received_at'>[];
  readonly conflicts: readonly ConflictRow[];
  /** Every table of the subject ledgers, without when the server had a fact. */
  readonly subjects: Readonly<Record<SubjectTableName, readonly LedgerRow[]>>;
};

/** One of the two places where operations become rows, filled with one company. */
export type OperationExecutor = {
  /** Decides and writes the operations one after the other. */
  apply(operations: readonly Operation[]): Promise<readonly Said[]>;
  readLedger(): Promise<Ledger>;
  close(): Promise<void>;
};

export type OpenExecutor = (database: UploadDatabase, tenant: UploadTenant) => Promise<OperationExecutor>;

/** PostgreSQL, as the server does it: the company in the database itself. */
export const openPostgresExecutor: OpenExecutor = async ({ pool, ownerPool }, tenant) => ({
  async apply(operations) {
    const said: Said[] = [];
    for (const operation of operations) {
      // In the name of who did it: what is unproven is said by the server alone.
      const caller = { ...tenant.caller, userId: operation.recordedBy };
      const [outcome] = await push(pool, caller, operation.deviceId, [operation]);
      if (outcome === undefined || outcome.problem !== null) {
        throw new Error(`operation ${operation.id} was kept unread: ${outcome?.reason}`);
      }
      said.push({ verdict: outcome.verdict, reason: outcome.reason as Said['reason'] });
    }
    return said;
  },
  async readLedger() {
    const rowsOf = async <Row>(table: LedgerTableName): Promise<Row[]> => {
      const isLive = keptWhenDeleted.includes(table) ? ' AND deleted_at IS NULL' : '';
      const text = `SELECT ${selectedColumns(table, 't')} FROM ${table} t WHERE tenant_id = $1${isLive} ORDER BY id::text COLLATE "C"`;
      return (await ownerPool.query(text, [tenant.tenantId])).rows as Row[];
    };
    return {
      assets: await rowsOf<AssetRow>('assets'),
      movements: (await rowsOf<MovementRow>('movements')).map(withoutReceipt),
      conflicts: await rowsOf<ConflictRow>('conflicts'),
      subjects: await readSubjects((table) => rowsOf<LedgerRow>(table)),
    };
  },
  close: async () => undefined,
});

/** SQLite, as a device does it: the company's rows copied into a replica, what operations do laid over them. */
export const openSqliteExecutor: OpenExecutor = async ({ ownerPool }, tenant) => {
  const folder = await mkdtemp(join(tmpdir(), 'eventkit-contract-'));
  const [deviceId] = tenant.deviceIds;
  if (deviceId === undefined) throw new Error('the company has no device');
  const replica = await openNodeReplica({ folder, fileName: 'replica.db', deviceId, newId: () => deviceId });
  await download(replica, await rowsForDevices(ownerPool, tenant));
  return {
    async apply(operations) {
      const said: Said[] = [];
      for (const operation of operations) said.push(await applyToReplica(replica, operation));
      return said;
    },
    async readLedger() {
      return {
        assets: await replica.getAll<AssetRow>(selectNow('assets')),
        movements: (await replica.getAll<MovementRow>(selectNow('movements'))).map(withoutReceipt),
        conflicts: await replica.getAll<ConflictRow>(selectNow('conflicts')),
        subjects: await readSubjects((table) => replica.getAll<LedgerRow>(selectNow(table))),
      };
    },
    async close() {
      await replica.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

function applyToReplica(replica: Replica, operation: Operation): Promise<Said> {
  return replica.writeTransaction(async (tx) => {
    const workingSet = await loadWorkingSet(tx, readsOf(operation));
    const context = { effectiveAt: operation.recordedAt, receivedAt: null };
    const { effects, verdict, reason } = decideOperation(operation, workingSet, context);
    await writeOverlay(tx, operation.id, effects);
    return { verdict, reason };
  });
}

const COPIED: readonly SyncedTableName[] = [
  'labels',
  'products',
  'storage_locations',
  'vehicles',
  'assets',
  'events',
  'pull_lists',
  'pull_list_lines',
];

async function rowsForDevices(ownerPool: UploadDatabase['ownerPool'], { tenantId }: UploadTenant) {
  const tables: Parameters<typeof download>[1][number][] = [];
  for (const table of COPIED) {
    const columns = Object.keys(syncedTables[table].columns).map((name) =>
      name === 'is_case' ? 'is_case::int' : name,
    );
    const text = `SELECT id, ${columns.join(', ')} FROM ${table} WHERE tenant_id = $1`;
    tables.push({ table, rows: (await ownerPool.query<{ id: string }>(text, [tenantId])).rows });
  }
  return tables;
}

const keptWhenDeleted: readonly LedgerTableName[] = subjectLedgers.edits.keepsDeleted;

function selectNow(table: LedgerTableName): string {
  return `SELECT id, ${Object.keys(syncedTables[table].columns).join(', ')} FROM ${table}_now ORDER BY id`;
}

async function readSubjects(
  read: (table: SubjectTableName) => Promise<LedgerRow[]>,
): Promise<Ledger['subjects']> {
  const entries: [SubjectTableName, LedgerRow[]][] = [];
  for (const table of subjectTableNames) {
    const rows = await read(table);
    entries.push([table, rows.map((row) => ({ ...row, received_at: null }))]);
  }
  return Object.fromEntries(entries) as Record<SubjectTableName, LedgerRow[]>;
}

function withoutReceipt({ received_at: _, ...movement }: MovementRow): Omit<MovementRow, 'received_at'> {
  return movement;
}
