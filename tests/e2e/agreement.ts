import { syncedTables } from '@eventkit/shared/schema/synced-tables.ts';
import { expect } from '@playwright/test';
import type { RunningStack } from '#stack/running-stack.ts';
import { type Device, queryDevice } from './device.ts';

const compared = ['assets', 'movements', 'conflicts'] as const;

/** Every row of the ledger is the same on each device and in PostgreSQL, column by column; nothing is pending. */
export async function expectAgreement(
  stack: RunningStack,
  tenant: string,
  devices: readonly Device[],
): Promise<void> {
  for (const table of compared) {
    const wanted = await serverDigest(stack, tenant, table);
    for (const device of devices) {
      await expect
        .poll(() => deviceDigest(device, table), { message: `${table} on the device` })
        .toEqual(wanted);
    }
  }
  for (const device of devices) {
    const [left] = await queryDevice<{ outbox: number; overlaid: number }>(
      device,
      'SELECT (SELECT count(*) FROM outbox) AS outbox, (SELECT count(*) FROM assets_overlay) AS overlaid',
    );
    expect(left).toEqual({ outbox: 0, overlaid: 0 });
  }
}

type Row = Readonly<Record<string, string | number | null>>;

async function deviceDigest(device: Device, table: (typeof compared)[number]): Promise<string[]> {
  const rows = await queryDevice<Row>(
    device,
    `SELECT ${columnsOf(table).join(', ')} FROM ${table}_now ORDER BY id`,
  );
  return rows.map((row) => lineOf(table, row));
}

async function serverDigest(
  stack: RunningStack,
  tenant: string,
  table: (typeof compared)[number],
): Promise<string[]> {
  const columns: Readonly<Record<string, string>> = { id: 'text', ...syncedTables[table].columns };
  const list = columnsOf(table).map((name) =>
    columns[name] === 'text' ? textOf(name) : `${name}::int AS ${name}`,
  );
  const rows = await stack.query<Row>(
    `SELECT ${list.join(', ')} FROM ${table}
     WHERE tenant_id = (SELECT id FROM tenants WHERE slug = $1)
     ORDER BY ${table}.id::text COLLATE "C"`,
    [tenant],
  );
  return rows.map((row) => lineOf(table, row));
}

/** An instant as devices hold it; everything else as PostgreSQL prints it. */
function textOf(name: string): string {
  return name.endsWith('_at')
    ? `to_char(${name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS ${name}`
    : `${name}::text AS ${name}`;
}

function columnsOf(table: (typeof compared)[number]): string[] {
  return ['id', ...Object.keys(syncedTables[table].columns)];
}

function lineOf(table: (typeof compared)[number], row: Row): string {
  return columnsOf(table)
    .map((name) => row[name] ?? '∅')
    .join('|');
}
