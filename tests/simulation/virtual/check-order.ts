import type { CompanyRecord } from './check-server.ts';
import type { JudgedOperation } from './memory-database.ts';
import type { World } from './world.ts';

/** How far two clocks that were checked may be apart. */
const TELLS_APART_MS = 3_000;

/** I8: two facts about one asset more than three seconds apart are in the log as they were in truth. */
export function checkOrder(world: World, { tables, acknowledged }: CompanyRecord): void {
  const trusted = new Map(
    acknowledged.filter(({ knowsTime }) => knowsTime).map((one) => [one.operation.id, one]),
  );
  for (const [assetId, movements] of tables.ledger.movementsByAssetId) {
    const known = movements
      .flatMap((movement) => {
        const done = trusted.get(movement.operationId);
        // What a stocktake changed was so when it was counted, whenever that was approved (ST10).
        const isOfEarlier = done?.operation.intent.kind === 'approve_stocktake';
        return done === undefined || isOfEarlier ? [] : [{ movement, atMs: done.atMs }];
      })
      .sort((a, b) => (a.movement.effectiveAt < b.movement.effectiveAt ? -1 : 1));
    let latestMs = 0;
    for (const { movement, atMs } of known) {
      if (latestMs > atMs + TELLS_APART_MS) {
        world.violate(
          'I8',
          `${movement.id} about ${assetId} is in the log too late by ${latestMs - atMs} ms`,
        );
      }
      latestMs = Math.max(latestMs, atMs);
    }
  }
}

/** I8 within one device: later numbers are later instants; and what could be taken back was (OP10). */
export function checkNumbering(world: World, { tables }: CompanyRecord): void {
  const { operationsById, ledger } = tables;
  const key = ({ operation }: JudgedOperation) => `${operation.deviceId} ${operation.epoch}`;
  const inOrder = [...operationsById.values()].sort(
    (a, b) => key(a).localeCompare(key(b)) || a.operation.sequence - b.operation.sequence,
  );
  for (const [index, one] of inOrder.entries()) {
    const before = inOrder[index - 1];
    if (before === undefined || key(before) !== key(one)) continue;
    const isLater = before.operation.recordedAt < one.operation.recordedAt;
    if (!isLater) world.violate('I8', `${one.operation.id} has a later number and no later instant`);
  }
  for (const undo of inOrder) {
    const { intent, sequence, id } = undo.operation;
    if (intent.kind !== 'undo' || undo.verdict !== 'refused') continue;
    const target = operationsById.get(intent.operationId);
    if (target === undefined || target.operation.intent.kind === 'undo') continue;
    const cameBefore =
      key(target) === key(undo) &&
      target.operation.sequence < sequence &&
      target.storedAtMs <= undo.storedAtMs;
    const isLeft = (ledger.assetIdsByOperationId.get(intent.operationId) ?? []).some((assetId) =>
      (ledger.movementsByAssetId.get(assetId) ?? []).every(
        ({ undoesOperationId }) => undoesOperationId !== intent.operationId,
      ),
    );
    if (cameBefore && isLeft) world.violate('OP10', `${id} did not take back ${intent.operationId}`);
  }
}
