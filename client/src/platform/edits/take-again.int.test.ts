import type { FieldValue } from '@eventkit/shared/edits/editable-tables.ts';
import type { LedgerRow } from '@eventkit/shared/operations/subject-state.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { winter } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { deletionOf, editOf } from './intent-of-edit.ts';
import { canBeTakenAgain, takeAgain } from './take-again.ts';

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice();
});
afterEach(() => device.close());

const FOUR = ['01', '02', '03', '04'].map((day) => `2026-12-${day}T08:00:00.000000Z`).join('/');
const takeOfEvent = (name: string, value: FieldValue) =>
  takeAgain(device, { table: 'events', rowId: winter, name, value });
async function rowOf(table: 'events' | 'pull_list_lines', id: string): Promise<LedgerRow> {
  const [row] = await device.replica.getAll<LedgerRow>(`SELECT * FROM ${table}_now WHERE id = ?`, [id]);
  if (row === undefined) throw new Error(`no ${id} in ${table}`);
  return row;
}
async function aLine(): Promise<LedgerRow> {
  const [line] = await device.replica.getAll<LedgerRow>(
    'SELECT * FROM pull_list_lines_now WHERE event_id = ? LIMIT 1',
    [winter],
  );
  if (line === undefined) throw new Error('the depot has no line');
  return line;
}

describe('an earlier value', () => {
  it('is said again as an edit that has seen what stands now, so that rules for conflicts hold', async () => {
    const before = await rowOf('events', winter);
    const changed = editOf('events', before, 'name', 'Summer');
    if (changed === null) throw new Error('nothing changed');
    await device.recordOperation(changed);
    expect(await takeOfEvent('name', before['name'] as string)).toEqual({ tag: 'taken' });
    expect(await rowOf('events', winter)).toEqual(before);
    expect((await device.intents()).at(-1)).toEqual({
      ...{ kind: 'edit_fields', table: 'events', rowId: winter },
      edits: [{ field: 'name', saw: 'Summer', value: before['name'] }],
    });
  });

  it('that stands is not said again', async () => {
    const { name } = await rowOf('events', winter);
    expect(await takeOfEvent('name', name as string)).toEqual({ tag: 'stands' });
    expect(await device.intents()).toEqual([]);
  });

  it('of one of four times leaves the other three, and comes as the trail writes it', async () => {
    expect(await takeOfEvent('times', FOUR)).toEqual({ tag: 'taken' });
    const before = await rowOf('events', winter);
    const earlier = '1999-05-01T08:00:00+00:00';
    expect(await takeOfEvent('load_at', earlier)).toEqual({ tag: 'taken' });
    expect(await rowOf('events', winter)).toEqual({ ...before, load_at: '1999-05-01T08:00:00.000000Z' });
  });

  it.each([
    ['load_at', '1999-05-01T08:00:00+02:00', 'wrong_type'],
    ['load_at', null, 'wrong_type'],
    ['status', 'tentative', 'unknown_word'],
    ['name', ' ', 'too_short'],
    ['name', null, 'too_short'],
  ] as const)('of %s that is not right any more is refused with why: %j', async (name, value, problem) => {
    expect(await takeOfEvent(name, value)).toEqual({ tag: 'invalid', problem });
    expect(await device.intents()).toEqual([]);
  });

  it('of a time that comes after the others now is refused', async () => {
    await takeOfEvent('times', FOUR);
    const late = await takeOfEvent('load_at', '2999-05-01T08:00:00.5+00:00');
    expect(late).toEqual({ tag: 'invalid', problem: 'out_of_order' });
    expect(await device.intents()).toHaveLength(1);
  });

  it('of a quantity that is not right any more is refused too; nothing said is an empty note', async () => {
    const line = await aLine();
    const take = (name: string, value: FieldValue) =>
      takeAgain(device, { table: 'pull_list_lines', rowId: line.id, name, value });
    expect(await take('quantity', 0)).toEqual({ tag: 'invalid', problem: 'too_small' });
    expect(await take('quantity', 12)).toEqual({ tag: 'taken' });
    expect(await take('note', 'front truss')).toEqual({ tag: 'taken' });
    expect(await take('note', null)).toEqual({ tag: 'taken' });
    expect(await rowOf('pull_list_lines', line.id)).toMatchObject({ quantity: 12, note: '' });
  });

  it.each([
    ['events', 'created_at'],
    ['events', 'tenant_id'],
    ['events', 'constructor'],
    ['pull_list_lines', 'product_id'],
    ['pull_list_lines', 'order_key'],
    ['assets', 'status'],
    ['users', 'role'],
    ['constructor', 'name'],
  ])('of %s.%s is nothing that anybody can take again', (table, name) => {
    expect(canBeTakenAgain(table, name)).toBe(false);
  });

  it('of a field that nobody may edit is not recorded, whoever asks', async () => {
    for (const name of ['created_at', 'deleted_at', 'tenant_id'])
      expect(await takeOfEvent(name, null)).toEqual({ tag: 'invalid', problem: 'unknown_field' });
    const line = await aLine();
    const own = { table: 'pull_list_lines', rowId: line.id, name: 'product_id' } as const;
    expect(await takeAgain(device, { ...own, value: line['product_id'] as string })).toEqual({
      ...{ tag: 'invalid', problem: 'unknown_field' },
    });
    expect(await device.intents()).toEqual([]);
  });

  it('of a row that is deleted does not bring it back', async () => {
    const line = await aLine();
    await device.recordOperation(deletionOf('pull_list_lines', line));
    const taken = takeAgain(device, { table: 'pull_list_lines', rowId: line.id, name: 'quantity', value: 3 });
    expect(await taken).toEqual({ tag: 'gone' });
    expect(await device.intents()).toHaveLength(1);
  });

  it.each(['name', 'client_name', 'venue', 'status', 'times', 'load_at', 'return_at'])(
    'of an event’s %s can be taken again',
    (name) => {
      expect(canBeTakenAgain('events', name)).toBe(true);
    },
  );
});
