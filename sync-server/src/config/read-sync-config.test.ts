import { readFileSync } from 'node:fs';
import { syncedTables } from '@eventkit/shared/schema/synced-tables.ts';
import { describe, expect, test } from 'vitest';
import { describeProblem, readSyncConfig } from './read-sync-config.ts';

const repositoryConfig = readFileSync(new URL('../../sync-config.yaml', import.meta.url), 'utf8');

function problemsOf(text: string): readonly string[] {
  const read = readSyncConfig(text);
  return read.ok ? [] : read.error.map(describeProblem);
}

function stream(body: string): string {
  return `config:\n  edition: 3\nstreams:\n  s:\n${body.replaceAll(/^/gm, '    ')}\n`;
}

const query = `SELECT id FROM x WHERE t = auth.parameter('t')`;

describe("the repository's configuration", () => {
  test('selects exactly the columns that devices hold', () => {
    const plan = readSyncConfig(repositoryConfig);
    if (!plan.ok) throw new Error(plan.error.map(describeProblem).join());
    const selected = Object.fromEntries(
      [...plan.value.queriesByTable].map(([table, queries]) => [table, queries.map((one) => one.columns)]),
    );
    expect(selected).toEqual(
      Object.fromEntries(
        Object.entries(syncedTables).map(([table, { columns }]) => [
          table,
          [['id', ...Object.keys(columns)]],
        ]),
      ),
    );
  });

  test('sends no verdict more urgently than the rows it speaks of', () => {
    const plan = readSyncConfig(repositoryConfig);
    if (!plan.ok) throw new Error('unreadable');
    const priorityOf = (table: string) =>
      plan.value.streams.find((one) =>
        one.sources.some((source) => plan.value.queriesByTable.get(table)?.some((q) => q.source === source)),
      )?.priority ?? -1;
    for (const table of ['assets', 'movements', 'conflicts'])
      expect(priorityOf(table)).toBeLessThanOrEqual(priorityOf('operations'));
  });
});

describe('buckets', () => {
  test('queries with the same claims and gates share one, another gate makes another', () => {
    const plan = readSyncConfig(
      stream(`queries:
  - SELECT id FROM a WHERE t = auth.parameter('t') AND d = auth.parameter('d')
  - SELECT id FROM b WHERE e = auth.parameter('d') AND t = auth.parameter('t')
  - SELECT id FROM c WHERE t = auth.parameter('t') AND d = auth.parameter('d') AND 'r' IN auth.parameter('p')`),
    );
    if (!plan.ok) throw new Error('unreadable');
    const [source] = plan.value.streams;
    const keys = ['d', 't'].map((name) => ({ kind: 'value', value: { from: 'auth', name } }));
    expect(source?.sources.map((one) => [one.index, one.keys, one.gates.length])).toEqual([
      [0, keys, 0],
      [1, keys, 1],
    ]);
    expect(plan.value.queriesByTable.get('b')?.[0]?.keyColumns).toEqual(['e', 't']);
  });

  test('of a lookup are found in what is kept of its table, once for all queries that ask the same of it', () => {
    const lookup = `(SELECT event_id FROM crew WHERE user_id = auth.user_id() AND ended_at IS NULL)`;
    const plan = readSyncConfig(
      stream(`queries:
  - SELECT id FROM events WHERE id IN ${lookup} AND t = auth.parameter('t')
  - SELECT id FROM calls WHERE t = auth.parameter('t') AND event_id IN ${lookup.replace('auth.user_id()', "auth.parameter('sub')")}
  - SELECT id FROM notes WHERE event_id IN ${lookup.replace('auth.user_id()', "connection.parameter('u')")} AND t = auth.parameter('t')`),
    );
    if (!plan.ok) throw new Error(plan.error.map(describeProblem).join());
    const { lookups, lookupsByTable, streams, queriesByTable } = plan.value;
    const kept = { id: 0, table: 'crew', column: 'event_id', keyColumns: ['user_id'], nulls: ['ended_at'] };
    expect(lookups).toEqual([kept]);
    expect(lookupsByTable.get('crew')).toEqual([kept]);
    expect(streams[0]?.sources.map((one) => one.keys)).toEqual(
      (['auth', 'connection'] as const).map((from) => [
        { kind: 'value', value: { from: 'auth', name: 't' } },
        { kind: 'lookup', lookup: kept, values: [{ from, name: from === 'auth' ? 'sub' : 'u' }] },
      ]),
    );
    expect(queriesByTable.get('events')?.[0]?.keyColumns).toEqual(['t', 'id']);
    expect(queriesByTable.get('calls')?.[0]?.source).toBe(queriesByTable.get('events')?.[0]?.source);
  });

  test('the meaning of what could be said from the first version on is written as it was then', () => {
    const plan = readSyncConfig(
      stream(`auto_subscribe: true
query: SELECT id, a FROM x WHERE t = auth.parameter('t') AND d = auth.parameter('d') AND n IS NULL AND 'r' IN auth.parameter('p')`),
    );
    if (!plan.ok) throw new Error('unreadable');
    const source = `{"stream":"s","index":0,"claims":["d","t"],"gates":[{"text":"r","claim":"p"}]}`;
    expect(plan.value.meaning).toBe(
      `[[{"name":"s","isDefault":true,"priority":3,"sources":[${source}]}],[{"source":${source},"table":"x","columns":["id","a"],"keyColumns":["d","t"],"nulls":["n"]}]]`,
    );
  });

  test('the meaning changes with each part of a lookup', () => {
    const text = `SELECT id FROM x WHERE e IN (SELECT c FROM y WHERE u = auth.user_id() AND n IS NULL)`;
    const variants = [
      text,
      text.replace('SELECT c', 'SELECT d'),
      text.replace('FROM y', 'FROM z'),
      text.replace('WHERE u', 'WHERE v'),
      text.replace('user_id()', `parameter('x')`),
      text.replace(' AND n IS NULL', ''),
      text.replace('WHERE e', 'WHERE f'),
    ];
    const meanings = variants.map((query) => {
      const read = readSyncConfig(stream(`query: ${query}`));
      return read.ok ? read.value.meaning : '';
    });
    expect(new Set(meanings).size).toBe(variants.length);
    expect(meanings).not.toContain('');
  });

  test('the meaning does not change with comments or spelling, and does with a column', () => {
    const meaningOf = (text: string) => {
      const read = readSyncConfig(text);
      return read.ok ? read.value.meaning : '';
    };
    const plain = meaningOf(stream(`query: ${query}`));
    expect(meaningOf(`# why\n${stream(`priority: 3\nquery: "${query.replace('SELECT', 'select ')}"`)}`)).toBe(
      plain,
    );
    expect(meaningOf(stream(`query: ${query.replace('id', 'id, a')}`))).not.toBe(plain);
  });
});

describe('problems name stream, query and column', () => {
  test.each([
    ['{', 'not YAML'],
    ['streams: {}', 'config.edition must be 3'],
    ['config: {edition: 3}', 'streams must be a mapping'],
    [stream(`query: ${query}\nwith: x`), 'stream s: with is not understood'],
    [stream(`query: ${query}\npriority: 4`), 'stream s: priority must be'],
    [stream(`query: ${query}\nauto_subscribe: yes please`), 'stream s: auto_subscribe must be'],
    [stream('priority: 1'), 'stream s: needs either query or'],
    [stream(`queries: [ 7 ]`), 'stream s, query 1: must be text'],
    [stream(`queries:\n  - ${query}\n  - SELECT * FROM x`), 'stream s, query 2, column 8: expected a column'],
    [stream(`queries:\n  - ${query}\n  - ${query}`), 'stream s, query 2: table x comes twice'],
    [
      stream(`query: SELECT id FROM x WHERE t = auth.parameter('t') AND u = auth.parameter('t')`),
      'stream s, query 1: one value is compared with two columns',
    ],
    [
      stream(
        `auto_subscribe: true\nquery: SELECT id FROM x WHERE t = auth.parameter('t') AND e = subscription.parameter('e')`,
      ),
      `stream s, query 1: auto_subscribe sends no parameters, so subscription.parameter('e') would never be there`,
    ],
    [
      stream(
        `auto_subscribe: true\nquery: SELECT id FROM x WHERE t = auth.parameter('t') AND e IN (SELECT e FROM y WHERE p = subscription.parameter('p'))`,
      ),
      `stream s, query 1: auto_subscribe sends no parameters, so subscription.parameter('p') would never be there`,
    ],
    [
      stream(`query: SELECT id FROM x WHERE e = subscription.parameter('e')`),
      'stream s, query 1, column 1: whose rows these are is said by nothing but what the client sends: bind a column to the token',
    ],
  ])('%s', (text, problem) => {
    expect(problemsOf(text).join('\n')).toContain(problem);
  });
});
