import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { Conflict } from '@eventkit/shared/ledger/conflict.ts';
import type { Operation, Verdict } from '@eventkit/shared/operations/operation.ts';
import { emptyWorkingSet } from '@eventkit/shared/operations/working-set.ts';
import type { Role } from '@eventkit/shared/permissions/roles.ts';
import type { SyncedTableName } from '@eventkit/shared/schema/synced-tables.ts';
import type { MemoryLedger } from '@eventkit/shared/test/memory-ledger.ts';
import { NOTHING_SEEN, type SeenSequences } from '@eventkit/sync-server/upload/record-sequences.ts';
import type { Change } from './virtual-download.ts';

/** An operation that was judged, as the server's table has it. */
export type JudgedOperation = {
  readonly operation: Operation;
  readonly envelope: Uint8Array;
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly effectiveAt: Instant;
  readonly receivedAt: Instant;
  readonly sentBy: string;
  /** Whether the sender had the right to scan. */
  readonly mayScan: boolean;
  /** True time of the commit, for the simulation. */
  readonly storedAtMs: number;
};

export type UnreadOperation = {
  readonly id: string;
  readonly deviceId: string;
  readonly envelope: Uint8Array;
  readonly problem: string;
};

export type DeviceProgress = {
  readonly deviceId: string;
  readonly epoch: string;
  readonly seen: SeenSequences;
  /** The last number that the device said it gave. */
  readonly recordedSequence: number;
};

/** One change of one row by one operation: what the audit trail keeps, or the first entry of a fact, which is itself. */
export type AuditEntry = {
  readonly table: SyncedTableName;
  readonly rowId: string;
  readonly operationId: string;
  readonly userId: string;
  readonly deviceId: string;
  /** The row before and after as JSON; null where it was not there. */
  readonly before: string | null;
  readonly after: string | null;
};

/** What one transaction adds to what devices have to be told, in the order of commits. */
export type Commit = { readonly number: number; readonly changes: readonly TenantChange[] };

/** `onlyFor`: the one device that may have the row. */
export type TenantChange = Change & { readonly onlyFor: string | null };

/** All that the server's database holds of one company. */
export type TenantTables = {
  readonly ledger: MemoryLedger;
  /** The conflicts of the ledger, as one finds them by their primary key. */
  readonly conflictsById: Map<string, Conflict>;
  readonly operationsById: Map<string, JudgedOperation>;
  /** By `<device> <epoch> <sequence>`. */
  readonly operationIdByNumber: Map<string, string>;
  /** By `<device> <id>`. */
  readonly unreadByKey: Map<string, UnreadOperation>;
  /** By `<device> <epoch>`. */
  readonly progressByKey: Map<string, DeviceProgress>;
  readonly deviceIds: Set<string>;
  readonly rolesByUserId: Map<string, Role>;
  readonly audit: AuditEntry[];
  readonly commits: Commit[];
  /** Told after each commit. */
  readonly onCommit: () => void;
};

export function emptyTenant(onCommit: () => void): TenantTables {
  return {
    ledger: emptyWorkingSet(),
    conflictsById: new Map(),
    operationsById: new Map(),
    operationIdByNumber: new Map(),
    unreadByKey: new Map(),
    progressByKey: new Map(),
    deviceIds: new Set(),
    rolesByUserId: new Map(),
    audit: [],
    commits: [],
    onCommit,
  };
}

/** Adds a commit to what devices have to be told. */
export function publish(tenant: TenantTables, changes: readonly TenantChange[]): void {
  tenant.commits.push({ number: tenant.commits.length + 1, changes });
  tenant.onCommit();
}

export function numberKey({
  deviceId,
  epoch,
  sequence,
}: Pick<Operation, 'deviceId' | 'epoch' | 'sequence'>): string {
  return `${deviceId} ${epoch} ${sequence}`;
}

/** What the server knows of one local storage of a device, changed. */
export function noteProgress(
  { progressByKey }: TenantTables,
  { deviceId, epoch }: { readonly deviceId: string; readonly epoch: string },
  change: { readonly seen?: SeenSequences; readonly recordedSequence: number },
): void {
  const key = `${deviceId} ${epoch}`;
  const before = progressByKey.get(key) ?? { deviceId, epoch, seen: NOTHING_SEEN, recordedSequence: 0 };
  const recordedSequence = Math.max(before.recordedSequence, change.recordedSequence);
  progressByKey.set(key, { ...before, ...change, recordedSequence });
}
