import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import { permissionsOf } from '@eventkit/shared/permissions/roles.ts';
import type { BatchStore, BatchTransaction } from '@eventkit/sync-server/upload/batch-store.ts';
import { NOT_SHARED } from '@eventkit/sync-server/upload/enrolments-store.ts';
import { type Caller, ofSender, type People } from '@eventkit/sync-server/upload/people-store.ts';
import { describeProblem } from '@eventkit/sync-server/upload/problem.ts';
import { NOTHING_SEEN, type SeenSequences } from '@eventkit/sync-server/upload/record-sequences.ts';
import type { Numbered, StoredOperation } from '@eventkit/sync-server/upload/stored-operations.ts';
import pg from 'pg';
import { type JudgedOperation, noteProgress, numberKey, type TenantTables } from './memory-database.ts';
import type { Locks } from './memory-locks.ts';
import { loadBatch } from './memory-reads.ts';
import { type PendingWrites, planWrites, writePending } from './memory-writes.ts';

/** What may go wrong in the server's database. */
export type DatabaseFaults = {
  /** The connection that one transaction has to itself. */
  connect(): DatabaseConnection;
  /** Whether a rule of the database forbids what the operation writes. */
  breaksRule(operationId: string): boolean;
  nowMs(): number;
};

export type DatabaseConnection = {
  /** Whether the server has died since the connection was made. */
  isLost(): boolean;
  /**
   * Before each statement. Takes its time, never comes back where the server dies just then or has died since the
   * connection was made, and throws what the database would throw.
   */
  beforeStatement(): Promise<void>;
  /** After the commit, before anybody hears of it. */
  afterCommit(): Promise<void>;
};

/**
 * What PostgreSQL does for taking operations in, in memory: transactions that are there whole or not at all, locks on
 * devices and assets, unique keys, and a list of what changed in the order of commits.
 */
export function createMemoryBatchStore(
  tenantOf: (tenantId: string) => TenantTables,
  locks: Locks,
  faults: DatabaseFaults,
): BatchStore {
  return {
    async inTransaction(caller, deviceId, work) {
      const tenant = tenantOf(caller.tenantId);
      const owner = Symbol(deviceId);
      const pending: PendingWrites = { steps: [], changes: [] };
      const connection = faults.connect();
      try {
        const result = await work(
          openTransaction(
            { tenant, locks: whileAlive(locks, connection), faults, connection, owner, pending },
            caller,
            deviceId,
          ),
        );
        await connection.beforeStatement();
        writePending(tenant, pending);
        locks.releaseAll(owner);
        await connection.afterCommit();
        return result;
      } catch (error) {
        locks.releaseAll(owner);
        throw error;
      }
    },
  };
}

/** What died between two locks takes no more of them: nobody would ever give them back. */
function whileAlive(locks: Locks, { isLost }: DatabaseConnection): Locks {
  return {
    ...locks,
    take: (...of) => (isLost() ? new Promise(() => undefined) : locks.take(...of)),
  };
}

type Open = {
  readonly tenant: TenantTables;
  readonly locks: Locks;
  readonly faults: DatabaseFaults;
  readonly connection: DatabaseConnection;
  readonly owner: symbol;
  readonly pending: PendingWrites;
};

function openTransaction(open: Open, caller: Caller, deviceId: DeviceId): BatchTransaction {
  const { tenant, locks, faults, connection, owner, pending } = open;
  const send = createSession(connection);
  const note = ({ epoch, ...change }: ProgressChange) => {
    pending.steps.push(() => noteProgress(tenant, { deviceId, epoch }, change));
  };
  return {
    lockDevice: () =>
      send(async () => {
        if (!tenant.deviceIds.has(deviceId)) return 'unknown_device';
        await locks.take(owner, `device ${deviceId}`);
        return 'registered';
      }),
    findStored: (batch) => send(() => findStored(tenant, deviceId, batch)),
    findPeople: (userIds) => send(() => findPeople(tenant, caller, userIds)),
    findSharing: () => send(() => NOT_SHARED),
    findProgress: (epoch) =>
      send(() => tenant.progressByKey.get(`${deviceId} ${epoch}`)?.seen ?? NOTHING_SEEN),
    // Whatever the span: no standings are kept in memory.
    loadWorkingSet: (operations) =>
      send(async () => ({
        workingSet: await loadBatch(tenant, { locks, owner }, operations),
        areWhole: true,
      })),
    keepStandings: () => [],
    writeDecisions: (decided) => {
      if (decided.length === 0) return [];
      const culprit = decided.find(({ operation }) => faults.breaksRule(operation.id));
      const receipt = {
        sentBy: caller.userId,
        mayScan: caller.permissions.includes('scanning:write'),
        storedAtMs: faults.nowMs(),
      };
      return planWrites(tenant, receipt, decided).map((step) =>
        send(() => {
          if (culprit !== undefined) throw databaseError('23514', 'a rule of the database forbids it');
          addStep(pending, step);
        }),
      );
    },
    keepUnread: (kept) =>
      send(() => {
        for (const { id, envelope, problem } of kept) {
          const key = `${deviceId} ${id}`;
          const row = { id, deviceId, envelope, problem: describeProblem(problem) };
          pending.steps.push(() => {
            if (!tenant.unreadByKey.has(key)) tenant.unreadByKey.set(key, row);
          });
        }
      }),
    writeProgress: ({ epoch, seen }) =>
      send(() => note({ epoch, seen, recordedSequence: seen.lastSequence })),
    writeReport: ({ epoch, recordedSequence }) => send(() => note({ epoch, recordedSequence })),
    writeLost: ({ epoch, recordedSequence }) => send(() => note({ epoch, recordedSequence })),
  };
}

type ProgressChange = {
  readonly epoch: string;
  readonly seen?: SeenSequences;
  readonly recordedSequence: number;
};

function addStep(pending: PendingWrites, step: PendingWrites): void {
  pending.steps.push(...step.steps);
  pending.changes.push(...step.changes);
}

/** One statement after the other; after one that failed, the others fail too, as PostgreSQL has it. */
function createSession({ beforeStatement }: DatabaseConnection) {
  let last: Promise<unknown> = Promise.resolve();
  let isAborted = false;
  return <T>(statement: () => T | Promise<T>): Promise<T> => {
    const sent = last.then(async () => {
      if (isAborted) throw databaseError('25P02', 'the transaction is aborted');
      try {
        await beforeStatement();
        return await statement();
      } catch (error) {
        isAborted = true;
        throw error;
      }
    });
    last = sent.catch(() => undefined);
    return sent;
  };
}

function findStored(
  tenant: TenantTables,
  deviceId: DeviceId,
  batch: readonly Numbered[],
): readonly StoredOperation[] {
  const found = new Map<string, JudgedOperation>();
  for (const { id, epoch, sequence } of batch) {
    const numberedId = tenant.operationIdByNumber.get(numberKey({ deviceId, epoch, sequence }));
    for (const known of [id, numberedId]) {
      const stored = known === undefined ? undefined : tenant.operationsById.get(known);
      if (known !== undefined && stored !== undefined) found.set(known, stored);
    }
  }
  return [...found].map(([id, { operation, envelope, verdict, reason }]) => ({
    id,
    epoch: operation.epoch,
    sequence: operation.sequence,
    isOfThisDevice: operation.deviceId === deviceId,
    envelope,
    verdict,
    reason,
  }));
}

function findPeople({ rolesByUserId }: TenantTables, caller: Caller, userIds: readonly string[]): People {
  const permissionsByUserId = new Map(
    userIds.flatMap((id) => {
      const role = rolesByUserId.get(id);
      if (role === undefined) return [];
      return [[id, new Set(ofSender(caller, id, permissionsOf({ role, customPermissions: null })))] as const];
    }),
  );
  return { senderId: caller.userId, userIds: new Set(permissionsByUserId.keys()), permissionsByUserId };
}

/** As the driver throws them; `table` is set where a constraint names one. */
export function databaseError(code: string, message: string, table?: string): pg.DatabaseError {
  const error = new pg.DatabaseError(message, message.length, 'error');
  error.code = code;
  if (table !== undefined) error.table = table;
  return error;
}
