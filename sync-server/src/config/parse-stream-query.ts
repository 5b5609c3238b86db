import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';

/** One query of a stream, as far as the subset goes: which rows of one table, for whom. */
export type StreamQuery = {
  readonly table: string;
  readonly columns: readonly string[];
  /** Column equals claim of the token. */
  readonly matches: readonly { readonly column: string; readonly claim: string }[];
  /** Columns that must be null. */
  readonly nulls: readonly string[];
  /** `text` must be among the values of the claim. */
  readonly gates: readonly { readonly text: string; readonly claim: string }[];
};

export type QueryProblem = {
  readonly message: string /** Offset in the query, from 0. */;
  readonly position: number;
};

type Token = { kind: 'word' | 'quoted' | 'text' | 'sign' | 'end'; value: string; position: number };

/**
 * Reads `SELECT id, … FROM table WHERE condition [AND condition]…`, where a condition is `column =
 * auth.parameter('claim')`, `column IS NULL` or `'text' IN auth.parameter('claim')`. Everything else is a problem.
 */
export function parseStreamQuery(sql: string): Result<StreamQuery, QueryProblem> {
  try {
    return ok(readQuery(tokenise(sql)));
  } catch (problem) {
    if (problem instanceof Unreadable) return err({ message: problem.message, position: problem.position });
    throw problem;
  }
}

class Unreadable extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

const TOKEN = /\s*(?:([A-Za-z_][A-Za-z_0-9]*)|"((?:[^"]|"")+)"|'((?:[^']|'')*)'|(\d+|[=,().*;<>!+\-|/]))/y;

function tokenise(sql: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = sql.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(sql);
    const start = from + (/^\s*/.exec(sql.slice(from))?.[0].length ?? 0);
    if (found === null) throw new Unreadable(`unexpected character ${sql[start]}`, start);
    const [, word, quoted, text, sign] = found;
    if (word !== undefined) tokens.push({ kind: 'word', value: word, position: start });
    else if (quoted !== undefined)
      tokens.push({ kind: 'quoted', value: quoted.replaceAll('""', '"'), position: start });
    else if (text !== undefined)
      tokens.push({ kind: 'text', value: text.replaceAll("''", "'"), position: start });
    else tokens.push({ kind: 'sign', value: sign ?? '', position: start });
  }
  tokens.push({ kind: 'end', value: 'the end', position: end });
  return tokens;
}

const RESERVED = new Set('select from where and or not in is null as on join distinct'.split(' '));

function readQuery(tokens: readonly Token[]): StreamQuery {
  let next = 0;
  const peek = (): Token => tokens[next] ?? { kind: 'end', value: 'the end', position: 0 };
  const fail = (wanted: string): never => {
    throw new Unreadable(`expected ${wanted}, found ${peek().value}`, peek().position);
  };
  const isWord = (word: string) => peek().kind === 'word' && peek().value.toLowerCase() === word;
  const take = (): Token => {
    const token = peek();
    next += 1;
    return token;
  };
  const word = (wanted: string): Token => (isWord(wanted) ? take() : fail(wanted.toUpperCase()));
  const sign = (wanted: string): Token =>
    peek().kind === 'sign' && peek().value === wanted ? take() : fail(`"${wanted}"`);
  const name = (wanted: string): string => {
    const token = peek();
    if (token.kind === 'quoted') return take().value;
    if (token.kind !== 'word' || RESERVED.has(token.value.toLowerCase())) return fail(wanted);
    return take().value.toLowerCase();
  };
  const claim = (): string => {
    word('auth');
    sign('.');
    word('parameter');
    sign('(');
    const token = peek().kind === 'text' ? take() : fail('the name of a claim in single quotes');
    sign(')');
    return token.value;
  };

  word('select');
  const columns: string[] = [];
  do {
    const { position } = peek();
    const column = name('a column by its name');
    if (columns.includes(column)) throw new Unreadable(`column ${column} is selected twice`, position);
    columns.push(column);
  } while (peek().value === ',' && take());
  if (!columns.includes('id')) fail('the column id among the selected');
  word('from');
  const table = name('a table');
  word('where');
  const matches: { column: string; claim: string }[] = [];
  const nulls: string[] = [];
  const gates: { text: string; claim: string }[] = [];
  do {
    if (peek().kind === 'text') {
      const text = take().value;
      word('in');
      gates.push({ text, claim: claim() });
      continue;
    }
    const column = name('a condition');
    if (isWord('is')) {
      take();
      word('null');
      nulls.push(column);
    } else {
      sign('=');
      matches.push({ column, claim: claim() });
    }
  } while (isWord('and') && take());
  if (peek().kind === 'sign' && peek().value === ';') take();
  if (peek().kind !== 'end') fail('AND or the end of the query');
  if (matches.length === 0) throw new Unreadable('the query gives every row to everyone', 0);
  return { table, columns, matches, nulls, gates };
}
