import type { CreateRow, EditFields } from '@eventkit/shared/edits/edit-intents.ts';
import type { DeviceId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Intent, Operation } from '@eventkit/shared/operations/operation.ts';
import { permissionsByRole } from '@eventkit/shared/permissions/roles.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDevice, type TestDevice } from './testing/test-device.ts';
import { openUploadDatabase, push, type UploadDatabase } from './testing/upload-database.ts';
import { createUploadTenant, type UploadTenant, uuidOf } from './testing/upload-tenant.ts';

let database: UploadDatabase;
let tenant: UploadTenant;
let device: TestDevice;
let runs = 0;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  runs += 1;
  tenant = await createUploadTenant(database.ownerPool, `edits ${runs}`);
  device = createTestDevice(tenant.deviceIds[0] as DeviceId, tenant.caller.userId as UserId);
});

describe('edits on PostgreSQL', () => {
  it('[FE2] change the row, and the audit trail says whose edit it was', async () => {
    const operation = await pushed(editOf('quantity', 4, 9));
    expect(await lineRow()).toMatchObject({ quantity: 9, deleted_at: null });
    const [audited] = await rows(
      `SELECT operation_id, changes -> 'quantity' AS change FROM audit_log
       WHERE tenant_id = $1 AND table_name = 'pull_list_lines' AND action = 'update'`,
    );
    expect(audited).toEqual({ operation_id: operation.id, change: [4, 9] });
  });

  it('[FE11] keep a deleted row, marked, and bring it back with all it had', async () => {
    await pushed({ kind: 'delete_row', table: 'pull_list_lines', rowId: line(), saw: [] });
    expect((await lineRow())?.['deleted_at']).not.toBe(null);
    await pushed({ kind: 'restore_row', table: 'pull_list_lines', rowId: line() });
    expect(await lineRow()).toMatchObject({ quantity: 4, deleted_at: null });
  });

  it('[FE8] do not undo what was written by other means', async () => {
    await pushed(editOf('quantity', 4, 9));
    await database.ownerPool.query(
      `UPDATE pull_list_lines SET quantity = 30 WHERE tenant_id = '${tenant.tenantId}' AND id = '${line()}'`,
    );
    await pushed(editOf('note', '', 'front truss'));
    expect(await lineRow()).toMatchObject({ quantity: 30, note: 'front truss' });
  });

  it('[FE14] have no effect without the right, nor has an undo of edits', async () => {
    const edited = await pushed(editOf('quantity', 4, 9));
    const caller = { ...tenant.caller, permissions: permissionsByRole.warehouse };
    const undo = device.record({ kind: 'undo', operationId: edited.id });
    const other = device.record(editOf('note', '', 'x'));
    const outcomes = await push(database.pool, caller, edited.deviceId, [undo, other]);
    expect(outcomes).toMatchObject([
      { verdict: 'refused', reason: 'no_permission' },
      { verdict: 'refused', reason: 'no_permission' },
    ]);
    expect(await lineRow()).toMatchObject({ quantity: 9, note: '' });
  });

  it('[FE16] with the right to extend lists, put a line on and take that back, and change nothing else', async () => {
    const caller = { ...tenant.caller, permissions: permissionsByRole.warehouse };
    const [own, edited] = [line(), uuidOf(`extended ${runs}`)];
    const create = device.record(creationOf(uuidOf(`taken back ${runs}`)));
    const kept = device.record(creationOf(edited));
    const operations = [
      create,
      kept,
      device.record({ kind: 'undo', operationId: create.id }),
      device.record({ kind: 'delete_row', table: 'pull_list_lines', rowId: own, saw: [] }),
      device.record({ ...editOf('quantity', 1, 5), rowId: edited }),
    ];
    const outcomes = await push(database.pool, caller, create.deviceId, operations);
    expect(outcomes.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['applied', null],
      ['applied', null],
      ['applied', null],
      ['refused', 'no_permission'],
      ['refused', 'no_permission'],
    ]);
    await pushed({ ...editOf('quantity', 1, 5), rowId: edited });
    const undo = device.record({ kind: 'undo', operationId: kept.id });
    expect(await push(database.pool, caller, create.deviceId, [undo])).toMatchObject([
      { verdict: 'refused', reason: 'no_permission' },
    ]);
  });

  it('[FE13] refuse what is another company’s, and keep nothing unread', async () => {
    const other = await createUploadTenant(database.ownerPool, `other ${runs}`);
    const making = (field: string, value: string): CreateRow => {
      const made = creationOf(uuidOf(`new ${runs} ${field}`));
      return { ...made, values: made.values.map((one) => (one.field === field ? { field, value } : one)) };
    };
    const operations = [
      device.record(making('product_id', other.productId)),
      device.record(making('pull_list_id', other.pullListId)),
      device.record({ ...editOf('quantity', 4, 5), rowId: other.lineIds[0] ?? '' }),
    ];
    const outcomes = await push(
      database.pool,
      tenant.caller,
      operations[0]?.deviceId as DeviceId,
      operations,
    );
    expect(outcomes.map(({ reason }) => reason)).toEqual(['unknown_product', 'unknown_row', 'unknown_row']);
  });
});

function line(): string {
  const [id] = tenant.lineIds;
  if (id === undefined) throw new Error('the company has no line');
  return id;
}

function creationOf(rowId: string): CreateRow {
  return {
    kind: 'create_row',
    table: 'pull_list_lines',
    rowId,
    values: [
      { field: 'pull_list_id', value: tenant.pullListId },
      { field: 'product_id', value: tenant.productId },
      { field: 'quantity', value: 1 },
      { field: 'note', value: '' },
      { field: 'order_key', value: 'i' },
    ],
  };
}

function editOf(field: string, saw: string | number, value: string | number): EditFields {
  return { kind: 'edit_fields', table: 'pull_list_lines', rowId: line(), edits: [{ field, saw, value }] };
}

/** In batches of their own. */
async function pushed(intent: Intent): Promise<Operation> {
  const operation = device.record(intent);
  const [outcome] = await push(database.pool, tenant.caller, operation.deviceId, [operation]);
  expect(outcome?.verdict).toBe('applied');
  return operation;
}

async function rows(text: string) {
  return (await database.ownerPool.query<Record<string, unknown>>(text, [tenant.tenantId])).rows;
}

async function lineRow() {
  const [row] = await rows(`SELECT * FROM pull_list_lines WHERE tenant_id = $1 AND id = '${line()}'`);
  return row;
}
