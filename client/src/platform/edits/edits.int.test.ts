import type { UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { LedgerRow } from '@eventkit/shared/operations/subject-state.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { winter } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import {
  CHANGES_BY_OTHERS,
  DELETED_LINES,
  type DeletedLine,
  EDITS_OF_EVENT,
  type EditRow,
} from './edit-queries.ts';
import { decisionOf, deletionOf, editOf, restorationOf } from './intent-of-edit.ts';

const TABLE = 'pull_list_lines' as const;

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice();
});
afterEach(() => device.close());

/** The first line of the list, as it stands. */
async function firstLine(): Promise<LedgerRow> {
  const [line] = await device.replica.getAll<LedgerRow>(
    'SELECT * FROM pull_list_lines_now WHERE event_id = ? ORDER BY order_key, id LIMIT 1',
    [winter],
  );
  if (line === undefined) throw new Error('the depot has no line');
  return line;
}

async function save(intent: Parameters<ScanDevice['recordOperation']>[0] | null) {
  if (intent === null) throw new Error('there is nothing to save');
  const recorded = await device.recordOperation(intent);
  if (!recorded.ok) throw new Error(recorded.error.problem);
  return recorded.value;
}

describe('a pull list that is edited on a device', () => {
  it('shows at once what was changed, and what was said before in its history', async () => {
    const before = await firstLine();
    const { decision } = await save(editOf(TABLE, before, 'quantity', 17));
    expect(decision).toMatchObject({ verdict: 'applied' });
    expect(await firstLine()).toEqual({ ...before, quantity: 17 });
    const [edit] = await device.replica.getAll<EditRow>(EDITS_OF_EVENT, [winter]);
    expect(edit).toMatchObject({
      kind: 'edit_fields',
      field: 'quantity',
      saw: String(before['quantity']),
      value: '17',
      receivedAt: null,
      isTakenBack: 0,
    });
    expect(edit?.title).not.toBe(null);
  });

  it('saves nothing where nothing changes, but says once more what stands where that is asked', async () => {
    const line = await firstLine();
    expect(editOf(TABLE, line, 'quantity', line['quantity'] as number)).toBe(null);
    expect(decisionOf(TABLE, line, 'quantity', line['quantity'] as number)).toMatchObject({
      edits: [{ saw: line['quantity'], value: line['quantity'] }],
    });
  });

  it('hides a deleted line, offers it, and brings it back as it was', async () => {
    const line = await firstLine();
    await save(deletionOf(TABLE, line));
    expect((await firstLine()).id).not.toBe(line.id);
    const [gone] = await device.replica.getAll<DeletedLine>(DELETED_LINES, [winter]);
    expect(gone).toMatchObject({
      rowId: line.id,
      productId: line['product_id'],
      quantity: line['quantity'],
    });
    await save(restorationOf(TABLE, line.id));
    expect(await firstLine()).toEqual(line);
    expect(await device.replica.getAll(DELETED_LINES, [winter])).toEqual([]);
  });

  it('strikes out in the history what was taken back, and puts the line back', async () => {
    const before = await firstLine();
    const { operation } = await save(editOf(TABLE, before, 'note', 'front truss'));
    await save({ kind: 'undo', operationId: operation.id });
    expect(await firstLine()).toEqual(before);
    const [edit] = await device.replica.getAll<EditRow>(EDITS_OF_EVENT, [winter]);
    expect(edit).toMatchObject({ field: 'note', isTakenBack: 1 });
  });

  it('tells others what was changed since they looked, and nobody of their own changes', async () => {
    const { operation } = await save(editOf(TABLE, await firstLine(), 'quantity', 17));
    const longAgo = '2020-01-01T00:00:00.000000Z' as Instant;
    const tell = (reader: string, since: Instant) =>
      device.replica.getAll<EditRow>(CHANGES_BY_OTHERS, [winter, reader, since]);
    const somebody = '01900004-0000-7000-8000-000000000099' as UserId;
    expect(await tell(somebody, longAgo)).toMatchObject([{ field: 'quantity', value: '17' }]);
    expect(await tell(operation.recordedBy, longAgo)).toEqual([]);
    expect(await tell(somebody, operation.recordedAt)).toEqual([]);
  });
});
