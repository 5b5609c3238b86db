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
    expect(source?.sources.map(({ index, claims, gates }) => [index, claims, gates.length])).toEqual([
      [0, ['d', 't'], 0],
      [1, ['d', 't'], 1],
    ]);
    expect(plan.value.queriesByTable.get('b')?.[0]?.keyColumns).toEqual(['e', 't']);
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
      'stream s, query 1: a claim is compared with two columns',
    ],
  ])('%s', (text, problem) => {
    expect(problemsOf(text).join('\n')).toContain(problem);
  });
});
