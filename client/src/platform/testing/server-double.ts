import { decodeOperation } from '@eventkit/proto/operation-codec.ts';
import { type EditableTableName, editableTableNames } from '@eventkit/shared/edits/editable-tables.ts';
import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import { type Instant, instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { err, ok } from '@eventkit/shared/kernel/result.ts';
import { applyEffects } from '@eventkit/shared/operations/apply-effects.ts';
import { decideOperation } from '@eventkit/shared/operations/decide-operation.ts';
import type { Operation, Verdict } from '@eventkit/shared/operations/operation.ts';
import type { LedgerRow } from '@eventkit/shared/operations/subject-state.ts';
import { type Effects, emptyWorkingSet } from '@eventkit/shared/operations/working-set.ts';
import {
  type AssetRow,
  assetOfRow,
  rowOfAsset,
  rowOfConflict,
  rowOfMovement,
} from '@eventkit/shared/schema/ledger-rows.ts';
import type { RowOf } from '@eventkit/shared/schema/row-types.ts';
import { subjectKey } from '@eventkit/shared/schema/subject-ledgers.ts';
import type { DeviceReport } from '#platform/sync/device-report.ts';
import type { Push, PushAnswer, PushedOperation } from '#platform/sync/push.ts';
import { createSyncStreamDouble } from './sync-stream-double.ts';
import type { TableRows } from './test-stock.ts';

/** What a test makes the server say instead of what it would. */
export type Ruling = { readonly verdict: Verdict; readonly reason: string | null; readonly effects: Effects };

/**
 * A server in memory that judges by the same rules as the real one, once per operation. It can be cut off, held,
 * made to lose its answers, and made to see things otherwise.
 */
export function createServerDouble(tables: readonly TableRows[]) {
  const stream = createSyncStreamDouble();
  const workingSet = emptyWorkingSet();
  const answersById = new Map<OperationId, PushAnswer>();
  const pushedIds: OperationId[] = [];
  const reports: DeviceReport[] = [];
  let reportsToFail = 0;
  let nowMs = Date.UTC(2026, 10, 22, 12);
  let isReachable = true;
  let losesAnswers = false;
  let gate: Promise<void> | null = null;
  let ruleOtherwise: (operation: Operation, asDecided: Ruling) => Ruling | 'kept_unread' = (_, ruling) =>
    ruling;

  const learn = (given: readonly TableRows[]) => {
    for (const { table, rows } of given) {
      for (const row of rows) {
        if (isEditable(table)) {
          const state = {
            rowsByTable: new Map([[table, new Map([[row.id, row as LedgerRow]])]]),
            conflicts: [],
          };
          workingSet.subjectsByKey.set(subjectKey({ ledger: 'edits', id: row.id }), state);
        }
        if (table === 'assets') {
          const asset = assetOfRow(row as AssetRow);
          workingSet.assetsById.set(asset.id, asset);
          workingSet.assetIdsByCode.set(asset.code, asset.id);
        }
        if (table === 'labels') {
          const label = { baseline_kind: null, baseline_id: null, ...row } as unknown as RowOf<'labels'>;
          workingSet.subjectsByKey.set(subjectKey({ ledger: 'labels', id: label.value ?? '' }), {
            rowsByTable: new Map([['labels', new Map([[label.id, label as LedgerRow]])]]),
            conflicts: [],
          });
        }
        if (table === 'products') workingSet.knownProductIds.add(row.id as never);
        if (table === 'events') workingSet.knownEventIds.add(row.id as never);
        if (table === 'storage_locations') workingSet.knownLocationIds.add(row.id as never);
        if (table === 'vehicles') workingSet.knownVehicleIds.add(row.id as never);
      }
    }
  };
  const commit = (put: readonly TableRows[]) => {
    learn(put);
    stream.commit({ put });
  };

  const judge = (pushed: PushedOperation): PushAnswer => {
    pushedIds.push(pushed.id);
    const said = answersById.get(pushed.id);
    if (said !== undefined) return said;
    const decoded = decodeOperation(pushed.envelope);
    const ruling = decoded.ok ? rule(decoded.value) : 'kept_unread';
    const answer: PushAnswer =
      ruling === 'kept_unread'
        ? { id: pushed.id, verdict: 'kept_unread', reason: null }
        : { id: pushed.id, verdict: ruling.verdict, reason: ruling.reason };
    answersById.set(pushed.id, answer);
    if (decoded.ok && ruling !== 'kept_unread') publish(decoded.value, ruling);
    return answer;
  };
  const rule = (operation: Operation) => {
    const receivedAt = instantOfMs(nowMs);
    const decision = decideOperation(operation, workingSet, {
      effectiveAt: operation.recordedAt,
      receivedAt,
    });
    return ruleOtherwise(operation, decision);
  };
  const publish = (operation: Operation, { verdict, reason, effects }: Ruling) => {
    applyEffects(workingSet, effects);
    stream.commit({
      put: [
        { table: 'assets', rows: effects.assets.map(rowOfAsset) },
        {
          table: 'movements',
          rows: [...effects.movements, ...effects.retargeted.map(({ movement }) => movement)].map(
            rowOfMovement,
          ),
        },
        { table: 'conflicts', rows: effects.conflicts.map(rowOfConflict) },
        ...effects.subjectRows
          .filter(({ isDeleted }) => !isDeleted)
          .map(({ table, row }) => ({ table, rows: [row] })),
        { table: 'operations', rows: [operationRow(operation, verdict, reason, instantOfMs(nowMs))] },
      ],
      remove: [
        ...effects.vanishedConflicts
          .filter(({ id }) => !effects.conflicts.some((conflict) => conflict.id === id))
          .map(({ id }) => ({ table: 'conflicts' as const, id })),
        ...effects.subjectRows
          .filter(({ isDeleted }) => isDeleted)
          .map(({ table, row }) => ({ table, id: row.id })),
      ],
    });
  };

  const push: Push = async ({ operations }, signal) => {
    if (gate !== null)
      await Promise.race([gate, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
    if (!isReachable) return err({ tag: 'unreachable', problem: 'the cable is out' });
    const answers = operations.map(judge);
    return losesAnswers ? err({ tag: 'unreachable', problem: 'the answer was lost' }) : ok(answers);
  };

  commit(tables);
  return {
    push,
    async fetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
      if (!isReachable) throw new TypeError('fetch failed');
      return stream.fetch(url, init);
    },
    async reportDevice(report: DeviceReport) {
      if (!isReachable) throw new TypeError('fetch failed');
      if (reportsToFail > 0) {
        reportsToFail -= 1;
        throw new TypeError('fetch failed');
      }
      reports.push(report);
    },
    /** The next reports do not arrive, while all else does. */
    failReports(count: number) {
      reportsToFail = count;
    },
    /** What devices told of themselves. */
    reports,
    async askServerTime() {
      if (!isReachable) throw new TypeError('fetch failed');
      return nowMs;
    },
    /** Something that happened elsewhere. */
    commit,
    /** Another device's operation, judged as any other. */
    judgeFromElsewhere(operation: Operation) {
      publish(operation, rule(operation) as Ruling);
    },
    ruleOtherwise(next: typeof ruleOtherwise) {
      ruleOtherwise = next;
    },
    setReachable(next: boolean) {
      isReachable = next;
      if (!next) stream.endStreams();
    },
    setLosesAnswers(next: boolean) {
      losesAnswers = next;
    },
    /** Until released, pushes get no answer and have no effect. */
    holdPushes(): () => void {
      let release = (): void => undefined;
      gate = new Promise((resolve) => {
        release = () => resolve();
      });
      return () => {
        gate = null;
        release();
      };
    },
    advance(ms: number) {
      nowMs += ms;
    },
    /** Every operation as often as it came. */
    pushedIds,
    assets: workingSet.assetsById,
    streamCount: stream.streamCount,
    endStreams: stream.endStreams,
  };
}

export type ServerDouble = ReturnType<typeof createServerDouble>;

function isEditable(table: string): table is EditableTableName {
  return (editableTableNames as readonly string[]).includes(table);
}

function operationRow(operation: Operation, verdict: Verdict, reason: string | null, receivedAt: Instant) {
  return {
    id: operation.id,
    device_id: operation.deviceId,
    epoch: operation.epoch,
    sequence: operation.sequence,
    kind: operation.intent.kind,
    verdict,
    reason,
    recorded_at: operation.recordedAt,
    recorded_by: operation.recordedBy,
    received_at: receivedAt,
  };
}
