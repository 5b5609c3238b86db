import { isDeepStrictEqual } from 'node:util';
import type { PushResponse } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import { Verdict } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import { encodeOperation } from '@eventkit/proto/operation-codec.ts';
import type { UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import { checkLabels } from './check-labels.ts';
import { checkLedger } from './check-ledger.ts';
import { checkNumbering, checkOrder } from './check-order.ts';
import type { AuditEntry, TenantTables } from './memory-database.ts';
import { movementsOf, rowsForDevice } from './memory-rows.ts';
import { keptKinds, type Poison } from './poison.ts';
import type { Acknowledged } from './shift.ts';
import type { World } from './world.ts';

export type CompanyRecord = {
  readonly tenant: UploadTenant;
  readonly tables: TenantTables;
  readonly acknowledged: readonly Acknowledged[];
  /** Of these, what storages held that are gone. */
  readonly evicted: ReadonlySet<string>;
};

/** I1, I2, I4 to I6, I8 and I9 on what the server holds in the end, against what was confirmed and what the oracle says. */
export function checkServer(world: World, company: CompanyRecord, poison: Poison): void {
  checkNothingLost(world, company, poison);
  checkOnce(world, company, poison);
  checkLedger(world, company);
  checkLabels(world, company);
  checkAudit(world, company);
  checkOrder(world, company);
  checkNumbering(world, company);
  checkIsolation(world, company);
}

/** Nothing is answered before it is committed, and the same is answered each time (I1, UP1). */
export function checkAnswer(world: World, tables: TenantTables, answer: PushResponse): PushResponse {
  for (const { id, verdict, reason } of answer.results) {
    const stored = tables.operationsById.get(id);
    const said = stored === undefined ? undefined : `${verdictWords[stored.verdict]} ${stored.reason ?? ''}`;
    if (verdict === Verdict.KEPT_UNREAD) {
      const isKept = [...tables.unreadByKey.keys()].some((key) => key.endsWith(id));
      if (!isKept) world.violate('I1', `operation ${id} was said to be kept, and is not`);
    } else if (said !== `${verdict} ${reason}`) {
      world.violate('I1', `operation ${id} was answered ${verdict} ${reason}, stored is ${said}`);
    }
  }
  return answer;
}

const verdictWords = {
  applied: Verdict.APPLIED,
  superseded: Verdict.SUPERSEDED,
  conflicted: Verdict.CONFLICTED,
  refused: Verdict.REFUSED,
} as const;

function checkNothingLost(
  world: World,
  { tables, acknowledged, evicted }: CompanyRecord,
  poison: Poison,
): void {
  const { operationsById, unreadByKey, progressByKey } = tables;
  for (const { operation } of acknowledged) {
    const stored = operationsById.get(operation.id);
    const isKept = unreadByKey.has(`${operation.deviceId} ${operation.id}`);
    if (stored !== undefined && isKept)
      world.violate('I1', `operation ${operation.id} is judged and kept unread`);
    if (stored !== undefined) {
      const isSame = Buffer.compare(stored.envelope, encodeOperation(operation)) === 0;
      if (!isSame) world.violate('I1', `operation ${operation.id} has other bytes`);
      const isMeant = isDeepStrictEqual(stored.operation, operation);
      if (!isMeant) world.violate('I1', `operation ${operation.id} was understood as something else`);
      continue;
    }
    if (isKept && keptKinds.has(poison.kindOf(operation.id))) continue;
    const { seen } = progressByKey.get(`${operation.deviceId} ${operation.epoch}`) ?? {};
    const isKnownMissing =
      seen === undefined ||
      operation.sequence > seen.lastSequence ||
      seen.gaps.some(([from, to]) => from <= operation.sequence && operation.sequence <= to);
    if (evicted.has(operation.id) && isKnownMissing) {
      const { deviceId, epoch } = operation;
      const isNoticed = [...progressByKey.values()].some(
        (one) => one.deviceId === deviceId && one.epoch !== epoch,
      );
      if (!isNoticed) world.violate('I1', `the server never heard that the storage ${epoch} is gone`);
      continue;
    }
    world.violate('I1', `operation ${operation.id} was confirmed and is ${isKept ? 'only kept' : 'lost'}`);
  }
}

function checkOnce(world: World, { tables, acknowledged, evicted }: CompanyRecord, poison: Poison): void {
  const { operationsById, operationIdByNumber, unreadByKey, progressByKey, ledger } = tables;
  if (operationsById.size !== operationIdByNumber.size) world.violate('I2', 'a number was taken twice');
  for (const [operationId, assetIds] of ledger.assetIdsByOperationId) {
    if (new Set(assetIds).size !== assetIds.length)
      world.violate('I2', `${operationId} moved an asset twice`);
  }
  const undone = [...ledger.movementsByAssetId.values()]
    .flat()
    .flatMap(({ kind, undoesOperationId, assetId }) =>
      kind === 'undo' ? [`${undoesOperationId} ${assetId}`] : [],
    );
  if (new Set(undone).size !== undone.length) world.violate('I2', 'something was taken back twice');
  for (const { id } of unreadByKey.values()) {
    const kind = poison.kindOf(id);
    if (!keptKinds.has(kind)) world.violate('I12', `${id} was kept unread without a reason`);
  }
  // Damaged bytes have no number: the gap that they leave is the truth, as is that of a storage that is gone.
  const lostEpochs = new Set(
    acknowledged.filter(({ operation }) => evicted.has(operation.id)).map(({ operation }) => operation.epoch),
  );
  for (const { deviceId, epoch, seen } of progressByKey.values()) {
    if (lostEpochs.has(epoch)) continue;
    const missing = seen.gaps.reduce((sum, [from, to]) => sum + to - from + 1, 0);
    const garbage = [...unreadByKey.values()].filter(
      (one) => one.deviceId === deviceId && poison.kindOf(one.id) === 'garbage',
    );
    if (missing > garbage.length) world.violate('I2', `${missing} numbers of ${deviceId} are missing`);
    for (const { operation } of acknowledged) {
      const { sequence } = operation;
      const isGarbage = operation.epoch === epoch && poison.kindOf(operation.id) === 'garbage';
      const isReported = seen.gaps.some(([from, to]) => from <= sequence && sequence <= to);
      if (isGarbage && sequence < seen.lastSequence && !isReported) {
        world.violate('I2', `number ${sequence} of ${deviceId} is missing and not reported`);
      }
    }
  }
}

/** I5: for each row one unbroken chain of changes, each by one operation that is there, of the one who did it. */
function checkAudit(world: World, { tables }: CompanyRecord): void {
  const lastByRow = new Map<string, AuditEntry>();
  const changes = new Set<string>();
  for (const entry of tables.audit) {
    const row = `${entry.table} ${entry.rowId}`;
    const change = `${row} ${entry.operationId}`;
    if (changes.has(change)) world.violate('I5', `${change} is on the trail twice`);
    changes.add(change);
    const before = lastByRow.get(row);
    if (before !== undefined && before.after !== entry.before)
      world.violate('I5', `the trail of ${row} is broken`);
    lastByRow.set(row, entry);
    const operation = tables.operationsById.get(entry.operationId)?.operation;
    const isTrue = operation?.recordedBy === entry.userId && operation.deviceId === entry.deviceId;
    if (!isTrue) world.violate('I5', `${row} was changed by nobody knows whom`);
  }
  for (const [table, rows] of rowsForDevice(tables, '')) {
    for (const row of rows) {
      const last = lastByRow.get(`${table} ${row.id}`);
      const isSetUp = table !== 'assets' || row['last_movement_id'] === null;
      const isSame = last === undefined ? isSetUp : last.after === JSON.stringify(row);
      if (!isSame) world.violate('I5', `the trail of ${table} ${row.id} ends elsewhere`);
    }
  }
}

/** I10: nothing here names a thing of another company. */
function checkIsolation(world: World, { tenant, tables }: CompanyRecord): void {
  const own = new Set<string>([
    ...tenant.assetIds,
    ...tenant.caseIds,
    ...tenant.eventIds,
    ...tenant.locationIds,
    ...tenant.vehicleIds,
  ]);
  for (const movement of movementsOf(tables.ledger)) {
    const { assetId } = movement;
    const isOwn = (assetId === null || own.has(assetId)) && (movement.to === null || own.has(movement.to.id));
    if (!isOwn) world.violate('I10', `movement ${movement.id} names what another company has`);
  }
  for (const id of tables.ledger.assetsById.keys()) {
    if (!own.has(id)) world.violate('I10', `asset ${id} belongs to another company`);
  }
}
