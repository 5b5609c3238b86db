import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Match, parseStreamQuery, type StreamQuery } from './parse-stream-query.ts';

const seed = Number(process.env['EVENTKIT_SEED'] ?? 20261123);
const numRuns = 1000 * Number(process.env['EVENTKIT_RUNS'] ?? 1);

const reserved = new Set('select from where and or not in is null as on join distinct'.split(' '));
const plainName = fc.stringMatching(/^[a-z_][a-z_0-9]{0,6}$/).filter((name) => !reserved.has(name));
/** Names that only stand in double quotes: capitals, spaces, reserved words, quotes themselves. */
const name = fc.oneof(
  { weight: 5, arbitrary: plainName },
  { weight: 1, arbitrary: fc.constantFrom('Name', 'select', 'in', 'a b', 'a"b', "a'b", 'ü', '--') },
);
const text = fc.oneof(plainName, fc.constantFrom("a'b", 'ü "x"', '', 'SELECT', ')'));
const match = fc.record({
  column: name,
  value: fc.record({ from: fc.constantFrom('auth', 'connection', 'subscription'), name: text }),
});
const lookup = fc.record({
  column: name,
  selected: name,
  table: name,
  matches: fc.array(match, { minLength: 1, maxLength: 3 }),
  nulls: fc.array(name, { maxLength: 2 }),
});
const query: fc.Arbitrary<StreamQuery> = fc
  .record({
    table: name,
    columns: fc.uniqueArray(name, { maxLength: 4 }),
    matches: fc.array(match, { maxLength: 3 }),
    lookup: fc.option(lookup, { freq: 2 }),
    nulls: fc.array(name, { maxLength: 2 }),
    gates: fc.array(fc.record({ text, claim: text }), { maxLength: 2 }),
  })
  .map((drawn) => ({ ...drawn, columns: [...drawn.columns.filter((column) => column !== 'id'), 'id'] }));

const matchesOf = (of: StreamQuery): readonly Match[] => [...of.matches, ...(of.lookup?.matches ?? [])];

/** Words as `style` writes them, with its spaces between everything. */
function print(of: StreamQuery, style: { readonly isLoud: boolean; readonly space: string }): string {
  const { isLoud, space } = style;
  const word = (plain: string) => (isLoud ? plain.toUpperCase() : plain);
  const isPlain = (plain: string) => /^[a-z_][a-z_0-9]*$/.test(plain) && !reserved.has(plain);
  const named = (plain: string) => (isPlain(plain) ? word(plain) : `"${plain.replaceAll('"', '""')}"`);
  const quoted = (plain: string) => `'${plain.replaceAll("'", "''")}'`;
  const call = (from: string, of: string) => [word(from), '.', word('parameter'), '(', quoted(of), ')'];
  const equals = ({ column, value }: Match) => [named(column), '=', ...call(value.from, value.name)];
  const isNull = (column: string) => [named(column), word('is'), word('null')];
  const where = (conditions: readonly string[][]) => [
    word('where'),
    ...conditions.flatMap((condition, at) => (at === 0 ? condition : [word('and'), ...condition])),
  ];
  const inner = of.lookup;
  const conditions = [
    ...of.matches.map(equals),
    ...(inner === null
      ? []
      : [
          [
            ...[named(inner.column), word('in'), '(', word('select'), named(inner.selected)],
            ...[word('from'), named(inner.table)],
            ...where([...inner.matches.map(equals), ...inner.nulls.map(isNull)]),
            ')',
          ],
        ]),
    ...of.nulls.map(isNull),
    ...of.gates.map((gate) => [quoted(gate.text), word('in'), ...call('auth', gate.claim)]),
  ];
  const columns = of.columns.flatMap((column, at) => (at === 0 ? [named(column)] : [',', named(column)]));
  return [word('select'), ...columns, word('from'), named(of.table), ...where(conditions)].join(space);
}

describe('queries', () => {
  test('[SY42] mean what they say in whatever letters and spaces, or are refused as the client would decide', () => {
    let understood = 0;
    let refused = 0;
    fc.assert(
      fc.property(query, fc.boolean(), fc.constantFrom(' ', '\n  ', '\t'), (of, isLoud, space) => {
        fc.pre(matchesOf(of).length + of.nulls.length + of.gates.length > 0);
        const parsed = parseStreamQuery(print(of, { isLoud, space }));
        if (matchesOf(of).some(({ value }) => value.from === 'auth')) {
          understood += 1;
          expect(parsed).toEqual({ ok: true, value: of });
        } else {
          refused += 1;
          expect(parsed.ok).toBe(false);
        }
      }),
      { seed, numRuns },
    );
    expect(Math.min(understood, refused)).toBeGreaterThan(numRuns / 10);
  });

  test('that are cut, doubled or mixed up are refused at a place within them, and never break the reader', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(
          ...'SELECT id FROM x WHERE AND IN IS NULL ( ) , = . ; * auth parameter user_id'.split(' '),
        ),
        fc.constantFrom("'t'", '"q"', "'", '"', '--', '/*', '$1', '\u0000', '💥', '1', '->>'),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(pieces, fc.constantFrom(' ', ''), (words, space) => {
        const sql = words.join(space);
        const parsed = parseStreamQuery(sql);
        if (parsed.ok) expect(matchesOf(parsed.value).some(({ value }) => value.from === 'auth')).toBe(true);
        else {
          expect(parsed.error.message).not.toBe('');
          expect(parsed.error.position).toBeLessThanOrEqual(sql.length);
        }
      }),
      { seed, numRuns },
    );
  });
});
