import fc from 'fast-check';
import type { Intent, Operation } from '#operations/operation.ts';
import { onMadeRow } from './arbitrary-edits.ts';
import { deviceIds } from './arbitrary-ledger.ts';
import { approvalOf } from './arbitrary-stocktake.ts';
import { seldom } from './seldom.ts';
import { testId, testInstant } from './test-ids.ts';
import { testOperation } from './test-operation.ts';

/** Operations of three devices, at instants that collide often; some take back an earlier one of the same device. */
export function operationsOf(
  intents: fc.Arbitrary<Intent>,
  {
    minLength = 0,
    maxLength,
    oneApprovalIn,
    lastSecond = 15,
  }: {
    readonly minLength?: number;
    readonly maxLength: number;
    readonly oneApprovalIn: number | null;
    /** All happens from nought to then; the fewer instants, the more collide. */
    readonly lastSecond?: number;
  },
): fc.Arbitrary<readonly Operation[]> {
  const draft = fc.record({
    device: fc.nat(2),
    second: fc.nat(lastSecond),
    intent: intents,
    undoes: seldom(fc.nat(30)),
    approves: oneApprovalIn === null ? fc.constant(false) : fc.nat(oneApprovalIn - 1).map((n) => n === 0),
  });
  return fc.array(draft, { minLength, maxLength, size: 'max' }).map((drafts) => {
    const operations: Operation[] = [];
    for (const [index, draft] of drafts.entries()) {
      const own = operations.filter(({ deviceId }) => deviceId === deviceIds[draft.device]);
      const undone = draft.undoes === null ? undefined : own[draft.undoes % Math.max(own.length, 1)];
      operations.push(
        testOperation(index, {
          deviceId: deviceIds[draft.device] ?? testId('device', 1),
          sequence: own.length + 1,
          recordedAt: testInstant(draft.second),
          recordedBy: testId('user', draft.device),
          intent: intentOf(draft, undone, operations),
        }),
      );
    }
    return operations;
  });
}

function intentOf(
  draft: {
    readonly device: number;
    readonly intent: Intent;
    readonly second: number;
    readonly approves: boolean;
  },
  undone: Operation | undefined,
  before: readonly Operation[],
): Intent {
  if (undone !== undefined) return { kind: 'undo', operationId: undone.id };
  // Mostly by somebody who has closed and reviewed nothing of it, and where there is something to approve.
  const isCareless = draft.second % 7 === 3;
  const isOther = ({ deviceId }: Operation) => deviceId !== deviceIds[draft.device];
  const approval = approvalOf(isCareless ? before : before.filter(isOther), draft.second);
  const isDue = approval.adjustments.length > 0 && before.some(({ id }) => id === approval.closeOperationId);
  return draft.approves && (isCareless || isDue) ? approval : onMadeRow(draft.intent, before);
}
