import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { parse } from 'yaml';
import { parseStreamQuery, type StreamQuery } from './parse-stream-query.ts';
import type { BucketSource, StreamPlan, SyncPlan, TableQuery } from './sync-plan.ts';

/** What is wrong, and where: stream, number of the query from 1, column in it from 1. */
export type ConfigProblem = {
  readonly message: string;
  readonly stream?: string;
  readonly query?: number;
  readonly position?: number;
};

/**
 * Reads the sync configuration (edition 3 streams, the subset described in parseStreamQuery).
 * Queries of one stream with the same claims and gates share their buckets; a different gate means another bucket,
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

  const streams: StreamPlan[] = [];
  const queries: TableQuery[] = [];
  for (const [name, definition] of Object.entries(definitions)) {
    readStream(name, definition, streams, queries, problems);
  }
  if (problems.length > 0) return err(problems);
  const queriesByTable = Map.groupBy(queries, (query) => query.table);
  return ok({ streams, queriesByTable, meaning: JSON.stringify([streams, queries]) });
}

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
  streams: StreamPlan[],
  queries: TableQuery[],
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
    const claims = parsed.value.matches.map((match) => match.claim);
    if (new Set(claims).size !== claims.length) {
      complain('a claim is compared with two columns', { query });
      return;
    }
    const source = sourceOf(name, parsed.value, sources);
    if (queries.some((other) => other.source === source && other.table === parsed.value.table)) {
      complain(`table ${parsed.value.table} comes twice into the same bucket`, { query });
      return;
    }
    queries.push(tableQuery(source, parsed.value));
  });
  streams.push({ name, isDefault, priority, sources });
}

function sourceOf(stream: string, query: StreamQuery, sources: BucketSource[]): BucketSource {
  const claims = query.matches.map((match) => match.claim).toSorted();
  const gates = query.gates.toSorted((a, b) => compare(`${a.claim}\n${a.text}`, `${b.claim}\n${b.text}`));
  const same = sources.find(
    (source) => JSON.stringify([source.claims, source.gates]) === JSON.stringify([claims, gates]),
  );
  if (same !== undefined) return same;
  const source = { stream, index: sources.length, claims, gates };
  sources.push(source);
  return source;
}

function tableQuery(source: BucketSource, query: StreamQuery): TableQuery {
  const keyColumns = source.claims.map(
    (claim) => query.matches.find((match) => match.claim === claim)?.column ?? '',
  );
  return { source, table: query.table, columns: query.columns, keyColumns, nulls: query.nulls.toSorted() };
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
