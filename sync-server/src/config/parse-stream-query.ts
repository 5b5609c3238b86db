import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { TokenReader, tokenise, Unreadable } from './query-tokens.ts';
import type { Parameter } from './sync-plan.ts';

export type Match = { readonly column: string; readonly value: Parameter };

/** `column IN (SELECT selected FROM table WHERE …)`. */
export type LookupQuery = {
  readonly column: string;
  readonly selected: string;
  readonly table: string;
  readonly matches: readonly Match[];
  readonly nulls: readonly string[];
};

/** One query of a stream, as far as the subset goes: which rows of one table, for whom. */
export type StreamQuery = {
  readonly table: string;
  readonly columns: readonly string[];
  /** Column equals a value. */
  readonly matches: readonly Match[];
  /** Column is among what another table gives. */
  readonly lookup: LookupQuery | null;
  /** Columns that must be null. */
  readonly nulls: readonly string[];
  /** `text` must be among the values of the claim. */
  readonly gates: readonly { readonly text: string; readonly claim: string }[];
};

export type QueryProblem = {
  readonly message: string;
  /** Offset in the query, from 0. */
  readonly position: number;
};

/**
 * Reads `SELECT id, … FROM table WHERE condition [AND condition]…`, where a condition is one of
 * - `column = value`, with the value `auth.user_id()` or `auth.parameter('x')`, `connection.parameter('x')`,
 *   `subscription.parameter('x')`;
 * - `column IS NULL`;
 * - `'text' IN auth.parameter('claim')`;
 * - once: `column IN (SELECT column FROM table WHERE …)` with the first two kinds of conditions.
 * Everything else is a problem, and so is a query of which a client itself would say whose rows it gets.
 */
export function parseStreamQuery(sql: string): Result<StreamQuery, QueryProblem> {
  try {
    return ok(readQuery(new TokenReader(tokenise(sql))));
  } catch (problem) {
    if (problem instanceof Unreadable) return err({ message: problem.message, position: problem.position });
    throw problem;
  }
}

function readQuery(reader: TokenReader): StreamQuery {
  const columns = readSelected(reader);
  reader.word('from');
  const table = reader.name('a table');
  reader.word('where');
  const matches: Match[] = [];
  const nulls: string[] = [];
  const gates: { text: string; claim: string }[] = [];
  let lookup: LookupQuery | null = null;
  do {
    if (reader.next.kind === 'text') {
      const text = reader.take().value;
      reader.word('in');
      gates.push({ text, claim: readClaim(reader) });
      continue;
    }
    const { position } = reader.next;
    const column = reader.name('a condition');
    if (reader.takeWord('in')) {
      if (lookup !== null) throw new Unreadable('only one IN (SELECT …) is understood in a query', position);
      lookup = readLookup(reader, column);
    } else readComparison(reader, column, matches, nulls);
  } while (reader.takeWord('and'));
  if (reader.isSign(';')) reader.take();
  if (reader.next.kind !== 'end') reader.fail('AND or the end of the query');
  refuseOpen([...matches, ...(lookup?.matches ?? [])]);
  return { table, columns, matches, lookup, nulls, gates };
}

function readSelected(reader: TokenReader): string[] {
  reader.word('select');
  const columns: string[] = [];
  for (;;) {
    const { position } = reader.next;
    const column = reader.name('a column by its name');
    if (columns.includes(column)) throw new Unreadable(`column ${column} is selected twice`, position);
    columns.push(column);
    if (!reader.isSign(',')) break;
    reader.take();
  }
  if (!columns.includes('id')) reader.fail('the column id among the selected');
  return columns;
}

function readLookup(reader: TokenReader, column: string): LookupQuery {
  reader.sign('(');
  reader.word('select');
  const selected = reader.name('one column by its name');
  reader.word('from');
  const table = reader.name('a table');
  const { position } = reader.next;
  reader.word('where');
  const matches: Match[] = [];
  const nulls: string[] = [];
  do readComparison(reader, reader.name('a condition'), matches, nulls);
  while (reader.takeWord('and'));
  reader.sign(')');
  if (matches.length === 0)
    throw new Unreadable(
      'the same rows would be looked up for everyone: a column must equal a value',
      position,
    );
  return { column, selected, table, matches, nulls };
}

function readComparison(reader: TokenReader, column: string, matches: Match[], nulls: string[]): void {
  if (reader.takeWord('is')) {
    reader.word('null');
    nulls.push(column);
  } else {
    reader.sign('=');
    matches.push({ column, value: readValue(reader) });
  }
}

function readValue(reader: TokenReader): Parameter {
  for (const from of ['auth', 'connection', 'subscription'] as const) {
    if (!reader.takeWord(from)) continue;
    reader.sign('.');
    if (from === 'auth' && reader.takeWord('user_id')) {
      reader.sign('(');
      reader.sign(')');
      return { from, name: 'sub' };
    }
    return { from, name: readParameterName(reader) };
  }
  return reader.fail('auth.…, connection.… or subscription.…');
}

function readClaim(reader: TokenReader): string {
  reader.word('auth');
  reader.sign('.');
  return readParameterName(reader);
}

function readParameterName(reader: TokenReader): string {
  reader.word('parameter');
  reader.sign('(');
  const name = reader.text('the name of a parameter in single quotes');
  reader.sign(')');
  return name;
}

/** Logical decoding knows no row-level security: what binds the rows here is all that keeps companies apart. */
function refuseOpen(matches: readonly Match[]): void {
  if (matches.length === 0) throw new Unreadable('the query gives every row to everyone', 0);
  if (matches.every(({ value }) => value.from !== 'auth'))
    throw new Unreadable(
      `whose rows these are is said by nothing but what the client sends: bind a column to the token too, e.g. tenant_id = auth.parameter('tenant_id')`,
      0,
    );
}
