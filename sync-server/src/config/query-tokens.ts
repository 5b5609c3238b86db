export type Token = {
  kind: 'word' | 'quoted' | 'text' | 'sign' | 'end';
  value: string;
  /** Offset in the query, from 0. */
  position: number;
};

/** A query says something that is not understood, at an offset from 0. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

const TOKEN = /\s*(?:([A-Za-z_][A-Za-z_0-9]*)|"((?:[^"]|"")+)"|'((?:[^']|'')*)'|(\d+|[=,().*;<>!+\-|/]))/y;

/** Cuts a query into words, names in double quotes, texts in single quotes and signs. Throws Unreadable. */
export function tokenise(sql: string): Token[] {
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

/** Reads tokens one after the other; whatever is not there is a problem at that place. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get next(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', value: 'the end', position: 0 };
  }

  take(): Token {
    const token = this.next;
    this.#next += 1;
    return token;
  }

  fail(wanted: string): never {
    throw new Unreadable(`expected ${wanted}, found ${this.next.value}`, this.next.position);
  }

  isWord(word: string): boolean {
    return this.next.kind === 'word' && this.next.value.toLowerCase() === word;
  }

  /** Takes the word when it is the next. */
  takeWord(word: string): boolean {
    const isNext = this.isWord(word);
    if (isNext) this.take();
    return isNext;
  }

  word(wanted: string): void {
    if (!this.takeWord(wanted)) this.fail(wanted.toUpperCase());
  }

  isSign(sign: string): boolean {
    return this.next.kind === 'sign' && this.next.value === sign;
  }

  sign(wanted: string): void {
    if (!this.isSign(wanted)) this.fail(`"${wanted}"`);
    this.take();
  }

  text(wanted: string): string {
    return this.next.kind === 'text' ? this.take().value : this.fail(wanted);
  }

  /** A name as PostgreSQL reads it: in small letters unless it stands in double quotes. */
  name(wanted: string): string {
    const { kind, value } = this.next;
    if (kind === 'quoted') return this.take().value;
    if (kind !== 'word' || RESERVED.has(value.toLowerCase())) return this.fail(wanted);
    return this.take().value.toLowerCase();
  }
}

const RESERVED = new Set('select from where and or not in is null as on join distinct'.split(' '));
