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
          { column: 'tenant_id', claim: 'tenant_id' },
          { column: 'device_id', claim: 'd' },
        ],
        nulls: ['deleted_at'],
        gates: [{ text: "a'b", claim: 'permissions' }],
      },
    });
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
    [`SELECT id FROM x WHERE t = connection.parameter('t')`, 27, 'AUTH'],
    [`SELECT id FROM x WHERE t = auth.user_id()`, 32, 'PARAMETER'],
    [`SELECT id FROM x WHERE t > auth.parameter('t')`, 25, '"="'],
    [`SELECT id FROM x WHERE t = 'a'`, 27, 'AUTH'],
    [`SELECT id FROM x WHERE t IN auth.parameter('t')`, 25, '"="'],
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
