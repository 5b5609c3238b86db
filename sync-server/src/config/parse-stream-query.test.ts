import { describe, expect, test } from 'vitest';
import { parseStreamQuery } from './parse-stream-query.ts';

describe('a query of the subset', () => {
  test('gives table, columns, matches, nulls and gates', () => {
    const parsed = parseStreamQuery(
      `SELECT id, "Name" FROM labels WHERE tenant_id = auth.parameter('tenant_id') AND deleted_at IS NULL
       AND 'a''b' IN auth.parameter('permissions') AND device_id = auth.parameter('d')`,
    );
    expect(parsed).toEqual({
      ok: true,
      value: {
        table: 'labels',
        columns: ['id', 'Name'],
        matches: [
          { column: 'tenant_id', value: { from: 'auth', name: 'tenant_id' } },
          { column: 'device_id', value: { from: 'auth', name: 'd' } },
        ],
        lookup: null,
        nulls: ['deleted_at'],
        gates: [{ text: "a'b", claim: 'permissions' }],
      },
    });
  });
});

describe('values of a query', () => {
  test('come from the token, the connection or the subscription', () => {
    const parsed = parseStreamQuery(
      `SELECT id FROM x WHERE a = auth.user_id() AND b = connection.parameter('b''s') AND c = SUBSCRIPTION.parameter('c')`,
    );
    expect(parsed.ok ? parsed.value.matches : parsed.error).toEqual([
      { column: 'a', value: { from: 'auth', name: 'sub' } },
      { column: 'b', value: { from: 'connection', name: "b's" } },
      { column: 'c', value: { from: 'subscription', name: 'c' } },
    ]);
  });

  test('may be looked up in another table', () => {
    const parsed = parseStreamQuery(
      `select id from x where event_id in (select "Event" from crew where user_id = auth.user_id() and day = subscription.parameter('day') and ended_at is null) and n is null`,
    );
    expect(parsed.ok ? parsed.value : parsed.error).toEqual({
      table: 'x',
      columns: ['id'],
      matches: [],
      lookup: {
        column: 'event_id',
        selected: 'Event',
        table: 'crew',
        matches: [
          { column: 'user_id', value: { from: 'auth', name: 'sub' } },
          { column: 'day', value: { from: 'subscription', name: 'day' } },
        ],
        nulls: ['ended_at'],
      },
      nulls: ['n'],
      gates: [],
    });
  });

  test.each([
    `t = auth.parameter('t') AND e = subscription.parameter('e')`,
    `t = auth.parameter('t') AND e IN (SELECT e FROM y WHERE p = subscription.parameter('p'))`,
    `e IN (SELECT e FROM y WHERE p = connection.parameter('p') AND u = auth.user_id())`,
  ])('%s: what a client sends may narrow', (conditions) => {
    expect(parseStreamQuery(`SELECT id FROM x WHERE ${conditions}`).ok).toBe(true);
  });

  test.each([
    `e = subscription.parameter('e')`,
    `e = connection.parameter('e') AND 'admin' IN auth.parameter('roles')`,
    `e IN (SELECT e FROM y WHERE p = connection.parameter('p'))`,
    `t = connection.parameter('t') AND e IN (SELECT e FROM y WHERE p = subscription.parameter('p'))`,
  ])('%s: what a client sends may not be all', (conditions) => {
    const parsed = parseStreamQuery(`SELECT id FROM x WHERE ${conditions}`);
    expect(parsed.ok ? '' : parsed.error.message).toContain("e.g. tenant_id = auth.parameter('tenant_id')");
  });
});

describe('anything else is a problem that says where', () => {
  const good = `WHERE t = auth.parameter('t')`;
  test.each([
    [`SELECT * FROM x ${good}`, 7, 'a column by its name'],
    [`SELECT x.id FROM x ${good}`, 8, 'id among'],
    [`SELECT id AS a FROM x ${good}`, 10, 'FROM'],
    [`SELECT lower(id) FROM x ${good}`, 12, 'id among'],
    [`SELECT id, id FROM x ${good}`, 11, 'twice'],
    [`SELECT a FROM x ${good}`, 9, 'id among'],
    [`SELECT id FROM x AS y ${good}`, 17, 'WHERE'],
    [`SELECT id FROM x JOIN y ON 1 ${good}`, 17, 'WHERE'],
    ['SELECT id FROM x', 16, 'WHERE'],
    [`SELECT id FROM x WHERE a IS NULL`, 0, 'every row to everyone'],
    [`SELECT id FROM x ${good} OR a IS NULL`, 47, 'AND or the end'],
    [`SELECT id FROM x WHERE a IS NOT NULL AND t = auth.parameter('t')`, 28, 'NULL'],
    [`SELECT id FROM x WHERE t = connection.user_id()`, 38, 'PARAMETER'],
    [`SELECT id FROM x WHERE t = auth.user_id('t')`, 40, '")"'],
    [`SELECT id FROM x WHERE t = auth.parameters()`, 32, 'PARAMETER'],
    [`SELECT id FROM x WHERE t = auth.parameter('t') ->> 'a'`, 47, 'AND or the end'],
    [`SELECT id FROM x WHERE 'a' IN connection.parameter('t')`, 30, 'AUTH'],
    [`SELECT id FROM x ${good} AND e IN (SELECT e, f FROM y)`, 65, 'FROM'],
    [`SELECT id FROM x ${good} AND e IN (SELECT e FROM y)`, 72, 'WHERE'],
    [`SELECT id FROM x ${good} AND e IN (SELECT e FROM y WHERE n IS NULL)`, 73, 'for everyone'],
    [`SELECT id FROM x ${good} AND e IN (SELECT e FROM y WHERE u = 1)`, 83, 'auth.…'],
    [
      `SELECT id FROM x ${good} AND e IN (SELECT e FROM y WHERE u = auth.user_id() OR u = auth.user_id())`,
      98,
      '")"',
    ],
    [
      `SELECT id FROM x ${good} AND e IN (SELECT e FROM y WHERE 'r' IN auth.parameter('p'))`,
      79,
      'a condition',
    ],
    [
      `SELECT id FROM x ${good} AND e IN (SELECT e FROM y WHERE u IN (SELECT u FROM z WHERE v = auth.user_id()))`,
      81,
      '"="',
    ],
    [
      `SELECT id FROM x WHERE e IN (SELECT e FROM y WHERE u = auth.user_id()) AND f IN (SELECT f FROM y WHERE u = auth.user_id())`,
      75,
      'only one IN',
    ],
    [`SELECT id FROM x WHERE e NOT IN (SELECT e FROM y WHERE u = auth.user_id())`, 25, '"="'],
    [`SELECT id FROM x WHERE t > auth.parameter('t')`, 25, '"="'],
    [`SELECT id FROM x WHERE t = 'a'`, 27, 'auth.…'],
    [`SELECT id FROM x WHERE t IN auth.parameter('t')`, 28, '"("'],
    [`SELECT id FROM x WHERE NOT t = auth.parameter('t')`, 23, 'a condition'],
    [`SELECT id FROM x ${good}; DROP TABLE x`, 48, 'end of the query'],
    [`SELECT id FROM x WHERE t # 1`, 25, 'unexpected character #'],
  ])('%s', (sql, position, message) => {
    const parsed = parseStreamQuery(sql);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.error.message).toContain(message);
    expect(parsed.error.position).toBe(position);
  });
});
