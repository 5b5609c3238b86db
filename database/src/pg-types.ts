import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import pg from 'pg';

const { builtins } = pg.types;
const OID: Readonly<Record<'int8Array' | 'textArray' | 'timestamptzArray' | 'dateArray', number>> = {
  int8Array: 1016,
  textArray: 1009,
  timestamptzArray: 1185,
  dateArray: 1182,
};
const SERVER_INSTANT = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:\+00(?::?00)?|Z)$/;

/**
 * What values of PostgreSQL become in JavaScript, for every connection of ours:
 * timestamptz is canonical Instant text (the session speaks UTC and ISO), int8 a safe number (others throw: cast them
 * to text), date and timestamp the server's text, numeric text, bytea a Buffer, json and jsonb values.
 */
export const pgTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const own = format === 'binary' ? undefined : parsersByOid.get(oid);
    // The parser of the driver for this type; its type is that of pg-types, which knows `any` alone.
    return own ?? pg.types.getTypeParser(oid, format as 'text');
  },
};

/** The canonical Instant for what a session in UTC with DateStyle ISO prints. Throws on infinity and years past 9999. */
export function instantOfServerText(text: string): Instant {
  const match = SERVER_INSTANT.exec(text);
  if (match === null) throw new RangeError(`not an instant in UTC: ${text}`);
  return `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(6, '0')}Z` as Instant;
}

/** Throws where the number has no exact double. */
export function numberOfInt8(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`int8 is not a safe number: ${text}`);
  return number;
}

const parsersByOid = new Map<number, (text: string) => unknown>([
  [builtins.TIMESTAMPTZ, instantOfServerText],
  [builtins.INT8, numberOfInt8],
  [builtins.DATE, (text) => text],
  [builtins.TIMESTAMP, (text) => text],
  [OID.timestamptzArray, arrayOf(instantOfServerText)],
  [OID.int8Array, arrayOf(numberOfInt8)],
  [OID.dateArray, arrayOf((text) => text)],
]);

function arrayOf<T>(parse: (text: string) => T): (text: string) => (T | null)[] {
  const parseTexts: (text: string) => (string | null)[] = pg.types.getTypeParser(OID.textArray);
  return (text) => parseTexts(text).map((item) => (item === null ? null : parse(item)));
}
