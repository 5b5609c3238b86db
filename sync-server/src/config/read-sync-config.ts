import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { parse } from 'yaml';
import { meaningOf, meaningOfKey } from './meaning.ts';
import { type LookupQuery, parseStreamQuery, type StreamQuery } from './parse-stream-query.ts';
import type { BucketKey, BucketSource, Lookup, StreamPlan, SyncPlan, TableQuery } from './sync-plan.ts';

/** What is wrong, and where: stream, number of the query from 1, column in it from 1. */
export type ConfigProblem = {
  readonly message: string;
  readonly stream?: string;
  readonly query?: number;
  readonly position?: number;
};

/**
 * Reads the sync configuration (edition 3 streams, the subset described in parseStreamQuery).
 * Queries of one stream with the same keys and gates share their buckets; a different gate means another bucket,
 * so that a token without the right is never given a bucket that holds the guarded rows.
 */
export function readSyncConfig(text: string): Result<SyncPlan, readonly ConfigProblem[]> {
  let document: unknown;
  try {
    document = parse(text);
  } catch (cause) {
    return err([{ message: `not YAML: ${cause instanceof Error ? cause.message : String(cause)}` }]);
  }
  const problems: ConfigProblem[] = [];
  const root = asRecord(document) ?? {};
  refuseUnknown(root, ['config', 'streams'], problems);
  if (asRecord(root['config'])?.['edition'] !== 3) problems.push({ message: 'config.edition must be 3' });
  refuseUnknown(asRecord(root['config']) ?? {}, ['edition'], problems);
  const definitions = asRecord(root['streams']);
  if (definitions === null) return err([...problems, { message: 'streams must be a mapping' }]);

  const parts: Parts = { streams: [], queries: [], lookups: [] };
  for (const [name, definition] of Object.entries(definitions)) readStream(name, definition, parts, problems);
  if (problems.length > 0) return err(problems);
  const { streams, queries, lookups } = parts;
  return ok({
    streams,
    queriesByTable: Map.groupBy(queries, (query) => query.table),
    lookups,
    lookupsByTable: Map.groupBy(lookups, (lookup) => lookup.table),
    meaning: meaningOf(streams, queries),
  });
}

type Parts = { readonly streams: StreamPlan[]; readonly queries: TableQuery[]; readonly lookups: Lookup[] };

/** One line for people, e.g. `stream stock, query 1, column 37: expected FROM, found WHERE`. */
export function describeProblem(problem: ConfigProblem): string {
  const where = [
    problem.stream === undefined ? null : `stream ${problem.stream}`,
    problem.query === undefined ? null : `query ${problem.query}`,
    problem.position === undefined ? null : `column ${problem.position}`,
  ].filter((part) => part !== null);
  return where.length === 0 ? problem.message : `${where.join(', ')}: ${problem.message}`;
}

function readStream(
  name: string,
  definition: unknown,
  { streams, queries, lookups }: Parts,
  problems: ConfigProblem[],
): void {
  const complain = (message: string, more: Partial<ConfigProblem> = {}) =>
    problems.push({ message, stream: name, ...more });
  const stream = asRecord(definition);
  if (stream === null) {
    complain('must be a mapping');
    return;
  }
  refuseUnknown(stream, ['auto_subscribe', 'priority', 'query', 'queries'], problems, name);
  const priority = stream['priority'] ?? 3;
  if (priority !== 0 && priority !== 1 && priority !== 2 && priority !== 3) {
    complain('priority must be 0, 1, 2 or 3');
    return;
  }
  const isDefault = stream['auto_subscribe'] ?? false;
  if (typeof isDefault !== 'boolean') {
    complain('auto_subscribe must be true or false');
    return;
  }
  const texts = 'query' in stream ? [stream['query']] : stream['queries'];
  if (!Array.isArray(texts) || texts.length === 0 || ('query' in stream && 'queries' in stream)) {
    complain('needs either query or a list of queries');
    return;
  }
  const sources: BucketSource[] = [];
  texts.forEach((text: unknown, index) => {
    const query = index + 1;
    if (typeof text !== 'string') {
      complain('must be text', { query });
      return;
    }
    const parsed = parseStreamQuery(text);
    if (!parsed.ok) {
      complain(parsed.error.message, { query, position: parsed.error.position + 1 });
      return;
    }
    const keyed = keysOf(parsed.value, lookups);
    if (new Set(keyed.map(({ key }) => meaningOfKey(key))).size !== keyed.length) {
      complain('one value is compared with two columns', { query });
      return;
    }
    const unsaid = [...parsed.value.matches, ...(parsed.value.lookup?.matches ?? [])].find(
      ({ value }) => value.from === 'subscription',
    );
    if (isDefault && unsaid !== undefined) {
      complain(
        `auto_subscribe sends no parameters, so subscription.parameter('${unsaid.value.name}') would never be there`,
        { query },
      );
      return;
    }
    const source = sourceOf(name, parsed.value, keyed, sources);
    if (queries.some((other) => other.source === source && other.table === parsed.value.table)) {
      complain(`table ${parsed.value.table} comes twice into the same bucket`, { query });
      return;
    }
    queries.push({
      source,
      table: parsed.value.table,
      columns: parsed.value.columns,
      keyColumns: keyed.map(({ column }) => column),
      nulls: parsed.value.nulls.toSorted(),
    });
  });
  streams.push({ name, isDefault, priority, sources });
}

type KeyedColumn = { readonly column: string; readonly key: BucketKey };

/** In an order that is the same for all queries that may share a bucket. */
function keysOf(query: StreamQuery, lookups: Lookup[]): KeyedColumn[] {
  const keyed: KeyedColumn[] = query.matches.map(({ column, value }) => ({
    column,
    key: { kind: 'value', value },
  }));
  if (query.lookup !== null)
    keyed.push({ column: query.lookup.column, key: lookupKey(query.lookup, lookups) });
  return keyed.toSorted((a, b) => compare(meaningOfKey(a.key), meaningOfKey(b.key)));
}

function lookupKey(query: LookupQuery, lookups: Lookup[]): BucketKey {
  const matches = query.matches.toSorted((a, b) => compare(JSON.stringify(a), JSON.stringify(b)));
  const found = {
    table: query.table,
    column: query.selected,
    keyColumns: matches.map(({ column }) => column),
    nulls: [...new Set(query.nulls)].toSorted(),
  };
  const same = lookups.find(({ id: _, ...other }) => JSON.stringify(other) === JSON.stringify(found));
  const lookup = same ?? { id: lookups.length, ...found };
  if (same === undefined) lookups.push(lookup);
  return { kind: 'lookup', lookup, values: matches.map(({ value }) => value) };
}

function sourceOf(
  stream: string,
  query: StreamQuery,
  keyed: readonly KeyedColumn[],
  sources: BucketSource[],
): BucketSource {
  const keys = keyed.map(({ key }) => key);
  const gates = query.gates.toSorted((a, b) => compare(`${a.claim}\n${a.text}`, `${b.claim}\n${b.text}`));
  const same = sources.find(
    (source) => JSON.stringify([source.keys, source.gates]) === JSON.stringify([keys, gates]),
  );
  if (same !== undefined) return same;
  const source = { stream, index: sources.length, keys, gates };
  sources.push(source);
  return source;
}

function refuseUnknown(
  record: Readonly<Record<string, unknown>>,
  known: readonly string[],
  problems: ConfigProblem[],
  stream?: string,
): void {
  for (const key of Object.keys(record)) {
    if (known.includes(key)) continue;
    problems.push({ message: `${key} is not understood`, ...(stream === undefined ? {} : { stream }) });
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}
