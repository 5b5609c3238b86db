import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import {
  bulkIndexDdl,
  columnsOf,
  deviceDdl,
  overlaidTableNames,
  rawTableStatements,
  syncedTableNames,
} from './device-ddl.ts';

function openDevice(): DatabaseSync {
  const device = new DatabaseSync(':memory:');
  for (const statement of [...deviceDdl(), ...bulkIndexDdl()]) device.exec(statement);
  return device;
}

function put(device: DatabaseSync, id: string, code: string): void {
  const { sql, params } = rawTableStatements('assets').put;
  const row: Record<string, string> = { code, place_kind: 'location', place_id: 'shelf' };
  device.prepare(sql).run(...params.map((param) => (param === 'Id' ? id : (row[param.Column] ?? null))));
}

function overlay(device: DatabaseSync, operation: string, id: string, code: string, isDeleted = 0): void {
  device
    .prepare('INSERT INTO assets_overlay (pending_operation_id, id, is_deleted, code) VALUES (?, ?, ?, ?)')
    .run(operation, id, isDeleted, code);
}

const codesNow = (device: DatabaseSync) =>
  device
    .prepare('SELECT id, code FROM assets_now ORDER BY id')
    .all()
    .map(({ id, code }) => `${id} ${code}`);

describe('a device’s database', () => {
  it('can be made again over itself, and has every column in order', () => {
    const device = openDevice();
    for (const statement of deviceDdl()) device.exec(statement);
    const columns = (table: string) =>
      device
        .prepare('SELECT name FROM pragma_table_info(?)')
        .all(table)
        .map(({ name }) => name);
    for (const name of syncedTableNames) expect(columns(name)).toEqual(columnsOf(name));
    for (const name of overlaidTableNames) expect(columns(`${name}_now`)).toEqual(columnsOf(name));
  });

  it('puts, puts again and deletes what comes down', () => {
    const device = openDevice();
    put(device, 'a', 'A-1');
    put(device, 'a', 'A-2');
    expect(codesNow(device)).toEqual(['a A-2']);
    device.prepare(rawTableStatements('assets').delete.sql).run('a');
    expect(codesNow(device)).toEqual([]);
  });

  it('shows the newest guess over the synced row, hides what a guess deletes, and falls back', () => {
    const device = openDevice();
    put(device, 'a', 'A-1');
    put(device, 'b', 'B-1');
    put(device, 'c', 'C-1');
    overlay(device, 'o1', 'a', 'A-2');
    overlay(device, 'o2', 'a', 'A-3');
    overlay(device, 'o2', 'b', 'B-1', 1);
    overlay(device, 'o3', 'd', 'D-1');
    expect(codesNow(device)).toEqual(['a A-3', 'c C-1', 'd D-1']);
    device.exec(`DELETE FROM assets_overlay WHERE pending_operation_id = 'o2'`);
    expect(codesNow(device)).toEqual(['a A-2', 'b B-1', 'c C-1', 'd D-1']);
    device.exec('DELETE FROM assets_overlay');
    expect(codesNow(device)).toEqual(['a A-1', 'b B-1', 'c C-1']);
  });

  it.each([
    `SELECT id FROM assets_now WHERE code = 'x'`,
    `SELECT id FROM assets_now WHERE place_id = 'x'`,
    `SELECT assets_now.id FROM labels JOIN assets_now ON assets_now.id = labels.asset_id WHERE labels.value = 'x'`,
    `SELECT id FROM movements_now WHERE asset_id = 'x' ORDER BY effective_at`,
    `SELECT id FROM conflicts_now WHERE status = 'open'`,
  ])('never scans a table for: %s', (query) => {
    const steps = stepsOf(query);
    expect(steps.filter((step) => step.startsWith('SEARCH')).length).toBeGreaterThan(1);
    expect(scannedTables(steps)).toEqual([]);
  });

  it('scans both for a LEFT JOIN onto a view, which is therefore not to be written', () => {
    const query = 'SELECT * FROM labels LEFT JOIN assets_now ON assets_now.id = labels.asset_id';
    expect(scannedTables(stepsOf(`${query} WHERE labels.value = 'x'`))).toEqual(['assets', 'assets_overlay']);
  });
});

function stepsOf(query: string): string[] {
  const plan = openDevice().prepare(`EXPLAIN QUERY PLAN ${query}`).all();
  return plan.map(({ detail }) => String(detail));
}

/** `SCAN <table>_now` only walks what the steps below it found. */
function scannedTables(steps: readonly string[]): string[] {
  return steps
    .flatMap((step) => /^SCAN (\w+)/.exec(step)?.[1] ?? [])
    .filter((table) => !table.endsWith('_now'));
}
