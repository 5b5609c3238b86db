import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';

/** Where a list goes on: the sort values of the last row of the page before. */
export type Position = readonly (string | number)[];

export type BadPageToken = { readonly tag: 'bad_page_token'; readonly field: 'page_token' };

const DEFAULT_PAGE_SIZE = 50;

export function pageSizeOf(requested: number): number {
  return requested === 0 ? DEFAULT_PAGE_SIZE : requested;
}

/**
 * An opaque token for one list with one set of filters. It needs no signature: it only says where to go on, and what
 * is read there goes through the same permission and tenant as every page.
 */
export function encodePageToken(list: string, position: Position): string {
  return Buffer.from(JSON.stringify([list, ...position])).toString('base64url');
}

/** Null for the first page. Refuses what this list did not give out: other lists' tokens, other shapes, other text. */
export function decodePageToken(
  list: string,
  shape: readonly ('string' | 'number' | 'uuid' | 'instant')[],
  token: string,
): Result<Position | null, BadPageToken> {
  if (token === '') return ok(null);
  const parts = jsonOf(Buffer.from(token, 'base64url').toString('utf8'));
  if (!Array.isArray(parts) || parts.length !== shape.length + 1 || parts[0] !== list) return bad();
  const position: unknown[] = parts.slice(1);
  if (!position.every((part, index) => fits(shape[index], part))) return bad();
  const read = position as Position;
  return encodePageToken(list, read) === token ? ok(read) : bad();
}

/** Cuts the row too many that says that there is another page. */
export function pageOf<Row>(
  rows: readonly Row[],
  size: number,
  tokenOf: (last: Row) => string,
): { readonly rows: readonly Row[]; readonly nextPageToken: string } {
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return { rows: page, nextPageToken: rows.length > size && last !== undefined ? tokenOf(last) : '' };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z$/;

function fits(kind: 'string' | 'number' | 'uuid' | 'instant' | undefined, part: unknown): boolean {
  switch (kind) {
    case 'number':
      return Number.isSafeInteger(part);
    case 'uuid':
      return typeof part === 'string' && UUID.test(part);
    case 'instant':
      return typeof part === 'string' && INSTANT.test(part) && isDay(part.slice(0, 10));
    case 'string':
      // PostgreSQL text holds no NUL.
      return typeof part === 'string' && !part.includes('\0') && part.isWellFormed();
    case undefined:
      return false;
  }
}

/** February 30 reads like a date and is none. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return date.getUTCDate() === Number(day.slice(8));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function bad(): Result<never, BadPageToken> {
  return err({ tag: 'bad_page_token', field: 'page_token' });
}
