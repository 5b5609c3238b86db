import { readFileSync } from 'node:fs';
import { ownTables } from '@eventkit/shared/schema/own-tables.ts';
import { syncedTables } from '@eventkit/shared/schema/synced-tables.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeProblem, readSyncConfig } from './read-sync-config.ts';
import type { StreamRequest } from './resolve-buckets.ts';
import { crewConfig, crewMeaning, crewTables } from './testing/crew-config.ts';
import { officialEvaluator } from './testing/official-evaluator.ts';
import { ownEvaluator } from './testing/own-evaluator.ts';
import { type Person, sorted, type WorldRow } from './testing/seen-row.ts';
import { type Meaning, SqlOracle } from './testing/sql-oracle.ts';

const seed = Number(process.env['EVENTKIT_SEED'] ?? 20261123);
const numRuns = 1000 * Number(process.env['EVENTKIT_RUNS'] ?? 1);
/** Both take about four seconds together; a busy machine may need longer. */
const timeoutMs = 60_000;

const tenants = ['t-1', 't-2'];
const users = ['u-1', 'u-2', 'u-3'];
const events = ['e-1', 'e-2'];
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 9 });
/** What a claim or a parameter should not be. */
const odd = fc.constantFrom<unknown>(null, {}, [], ['t-1'], 1.5, 7, 'ü"\\\n');
const mostly = (values: readonly unknown[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: odd });

const claims = (rights: readonly string[]) =>
  fc.record(
    {
      sub: fc.constantFrom(...users),
      tenant_id: mostly(tenants),
      device_id: mostly(['d-1', 'd-2']),
      permissions: fc.oneof(
        { weight: 9, arbitrary: fc.subarray([...rights], { minLength: 1 }) },
        { weight: 1, arbitrary: fc.constantFrom<unknown>(null, {}, rights[0]) },
      ),
    },
    { requiredKeys: ['sub'] },
  );

describe('a configuration with all that can be said', () => {
  const read = readSyncConfig(crewConfig);
  if (!read.ok) throw new Error(read.error.map(describeProblem).join('\n'));
  const official = officialEvaluator(crewConfig);
  const sql = new SqlOracle(crewTables);
  const ownRowsOf = ownEvaluator(read.value, crewTables);

  const row = fc
    .record({
      table: fc.constantFrom(...(Object.keys(crewTables) as (keyof typeof crewTables)[]), 'members', 'notes'),
      tenant_id: maybe(fc.constantFrom(...tenants)),
      event_id: maybe(fc.constantFrom(...events)),
      user_id: maybe(fc.constantFrom(...users)),
      ended_at: fc.option(fc.constant('2026-11-23'), { freq: 1 }),
      team: maybe(fc.constantFrom(1, 2)),
      region: maybe(fc.constantFrom(1, 2)),
      text: maybe(fc.constantFrom('x', 'ü"\\\n')),
    })
    .map((drawn) => ({ ...drawn, left_at: drawn.ended_at, name: drawn.text, title: drawn.text }));
  const world = fc.array(row, { minLength: 10, maxLength: 30, size: 'max' }).map((drawn) =>
    drawn.map(({ table, ...values }, at): WorldRow => {
      // Jobs are named by their own ids, which repeat: a table has each of them once.
      const id = table === 'jobs' ? `e-${at % 3}` : `${table}-${at}`;
      const named = Object.keys(crewTables[table]).map((name) => [
        name,
        name === 'id' ? id : (values[name as keyof typeof values] ?? null),
      ]);
      return { table, values: Object.fromEntries(named) };
    }),
  );
  const distinct = world.map((rows) => [
    ...new Map(rows.map((one) => [`${one.table}/${one.values['id']}`, one])).values(),
  ]);
  const subscription = fc.record({
    stream: fc.constantFrom('event', 'colleague', 'colleague', 'team', 'crew', 'plans', 'nowhere'),
    priority: fc.option(fc.constantFrom(0, 1, 2, 3), { freq: 2 }),
    parameters: fc.record(
      { event: mostly(events), user: mostly(users), region: mostly([1, 2, 1, 2, '1']) },
      { requiredKeys: [] },
    ),
  });
  const request: fc.Arbitrary<StreamRequest> = fc.record({
    includeDefaults: fc.boolean(),
    subscriptions: fc.array(subscription, { maxLength: 5 }),
    parameters: fc.record({ region: mostly([1, 2, '1']) }, { requiredKeys: [] }),
  });
  const person = fc.record({ claims: claims(['planning:read', 'tasks:read', 'other']), request });

  test(
    '[SY40] [SY16] gives a thousand people what the official evaluator and plain SQL give them, row by row',
    async () => {
      expect(official.warnings).toEqual([]);
      const seenOf: Record<string, number> = {};
      let reasons = 0;
      await fc.assert(
        fc.asyncProperty(person, distinct, async (who, rows) => {
          sql.fill(rows);
          const mine = sorted(ownRowsOf(who, rows));
          expect(mine).toEqual(sorted(sql.rowsOf(crewMeaning, who, (sent) => crewValues(who, sent))));
          expect(mine).toEqual(sorted(await official.rowsOf(who, rows)));
          for (const one of mine) {
            seenOf[one.stream] = (seenOf[one.stream] ?? 0) + 1;
            reasons = Math.max(reasons, one.because.length);
          }
        }),
        { seed, numRuns },
      );
      expect(Object.keys(seenOf).toSorted()).toEqual(Object.keys(crewMeaning).toSorted());
      expect(Math.min(...Object.values(seenOf))).toBeGreaterThan(numRuns / 50);
      expect(reasons).toBeGreaterThan(2);
    },
    timeoutMs,
  );
});

/** What a value must be in order to equal a column of text or of whole numbers. */
function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function whole(value: unknown): number | null {
  return Number.isInteger(value) ? Number(value) : null;
}

function crewValues({ claims: of, request }: Person, sent: unknown) {
  const held = of['permissions'];
  const has = (right: string) => (Array.isArray(held) && held.includes(right) ? 1 : 0);
  const parameters = sent as Record<string, unknown>;
  return {
    tenant: text(of['tenant_id']),
    user: text(of['sub']),
    has_planning: has('planning:read'),
    has_tasks: has('tasks:read'),
    region: whole(request.parameters['region']),
    event: text(parameters['event']),
    colleague: text(parameters['user']),
    sub_region: whole(parameters['region']),
  };
}

describe("the repository's configuration", () => {
  const configText = readFileSync(new URL('../../sync-config.yaml', import.meta.url), 'utf8');
  const read = readSyncConfig(configText);
  if (!read.ok) throw new Error(read.error.map(describeProblem).join('\n'));
  const plan = read.value;
  const official = officialEvaluator(configText);

  /** Who may see what, as design and screens have it; `deleted_at` and the like as the tables have them. */
  const rights: Record<string, Record<string, string>> = {
    'inventory:read': {
      labels: 'codes deleted_at',
      products: 'codes deleted_at',
      storage_locations: 'codes deleted_at',
      vehicles: 'codes deleted_at',
      case_template_lines: 'codes deleted_at',
      assets: 'stock deleted_at',
      label_facts: 'stock',
      bulk_stock: 'stock',
      vehicle_states: 'stock',
    },
    'planning:read': {
      events: 'plans deleted_at',
      pull_lists: 'plans deleted_at',
      pull_list_lines: 'plans deleted_at',
      field_edits: 'plans',
      edited_rows: 'plans',
    },
    'scanning:read': {
      attachments: 'ledger',
      movements: 'ledger',
      conflicts: 'ledger',
      bulk_movements: 'ledger',
      line_fillings: 'ledger',
      line_filling_facts: 'ledger',
      transport_facts: 'ledger',
      truck_packs: 'ledger',
      stocktakes: 'ledger',
      stocktake_facts: 'ledger',
      count_lines: 'ledger',
      count_facts: 'ledger',
    },
    everybody: {
      users: 'people deactivated_at',
      devices: 'people revoked_at',
      operations: 'own_operations',
      dashboard_layouts: 'own_layouts deleted_at',
      notifications: 'own_notifications unlisted_at',
    },
  };
  const urgency: Record<string, number> = {
    codes: 1,
    plans: 1,
    people: 1,
    stock: 3,
    ledger: 3,
    own_operations: 3,
    own_layouts: 3,
    own_notifications: 3,
  };
  const columnsByTable: Record<string, Record<string, 'text' | 'integer'>> = {};
  const meaning: Record<string, Meaning & { selects: string[] }> = {};
  for (const [right, tables] of Object.entries(rights)) {
    for (const [table, where] of Object.entries(tables)) {
      const [stream = '', hidden] = where.split(' ');
      const columns = Object.entries(syncedTables[table as keyof typeof syncedTables].columns);
      columnsByTable[table] = {
        id: 'text',
        ...Object.fromEntries(columns),
        tenant_id: 'text',
        ...(hidden === undefined ? {} : { [hidden]: 'text' }),
      };
      const selected = ['id', ...columns.map(([name]) => name)].map((name) => `"${name}"`).join(', ');
      const conditions = [
        'tenant_id = :tenant',
        ...(hidden === undefined ? [] : [`${hidden} IS NULL`]),
        ...(right === 'everybody' ? [] : [`:has_${right.split(':')[0]}`]),
        ...(table === 'operations' ? ['device_id = :device'] : []),
        ...(table in ownTables ? ['user_id = :user'] : []),
      ];
      const of = meaning[stream] ?? { priority: urgency[stream] ?? 9, isDefault: true, selects: [] };
      meaning[stream] = of;
      of.selects.push(
        `SELECT '${table}' AS "table", ${selected} FROM "${table}" WHERE ${conditions.join(' AND ')}`,
      );
    }
  }
  const sql = new SqlOracle(columnsByTable);
  const ownRowsOf = ownEvaluator(plan, columnsByTable);

  const row = fc.constantFrom(...Object.keys(columnsByTable)).chain((table) => {
    const drawn: Record<string, fc.Arbitrary<string | number | null>> = {};
    for (const [name, type] of Object.entries(columnsByTable[table] ?? {}))
      drawn[name] =
        type === 'integer' ? maybe(fc.integer({ min: 0, max: 9 })) : fc.constantFrom(null, 'x', 'ü"\\\n');
    for (const name of ['deleted_at', 'deactivated_at', 'revoked_at', 'unlisted_at'])
      if (name in drawn) drawn[name] = fc.option(fc.constant('2026-11-23'), { freq: 2 });
    drawn['tenant_id'] = maybe(fc.constantFrom(...tenants));
    if (table === 'operations') drawn['device_id'] = maybe(fc.constantFrom('d-1', 'd-2'));
    if (table in ownTables) drawn['user_id'] = maybe(fc.constantFrom(...users));
    return fc.record(drawn).map((values) => ({ table, values }));
  });
  const world = fc
    .array(row, { minLength: 5, maxLength: 20, size: 'max' })
    .map((rows) => rows.map(({ table, values }, at) => ({ table, values: { ...values, id: `r-${at}` } })));
  const nothingAsked: StreamRequest = { includeDefaults: true, subscriptions: [], parameters: {} };

  test(
    '[SY40] [SY16] gives a thousand people what the official evaluator and plain SQL give them, row by row',
    async () => {
      expect(official.warnings).toEqual([]);
      expect(Object.keys(columnsByTable).toSorted()).toEqual([...plan.queriesByTable.keys()].toSorted());
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(claims([...Object.keys(rights), 'other']), world, async (of, rows) => {
          const who: Person = { claims: of, request: nothingAsked };
          sql.fill(rows);
          const held = Array.isArray(of.permissions) ? of.permissions : [];
          const mine = sorted(ownRowsOf(who, rows));
          const bySql = sql.rowsOf(meaning, who, () => ({
            tenant: text(of.tenant_id),
            device: text(of.device_id),
            user: text(of.sub),
            has_inventory: held.includes('inventory:read') ? 1 : 0,
            has_planning: held.includes('planning:read') ? 1 : 0,
            has_scanning: held.includes('scanning:read') ? 1 : 0,
          }));
          expect(mine).toEqual(sorted(bySql));
          expect(mine).toEqual(sorted(await official.rowsOf(who, rows)));
          for (const one of mine) seen.add(one.table);
        }),
        { seed, numRuns },
      );
      expect([...seen].toSorted()).toEqual(Object.keys(columnsByTable).toSorted());
    },
    timeoutMs,
  );
});
