/** Makes the JSON of a value from PostgreSQL's text of it (TimeZone UTC, DateStyle ISO), as PowerSync edition 3 does. */
export type DeviceText = (text: string) => string;

/** How values of a type reach a device, by the type's oid; null for bytea, which never does. */
export function deviceTextOf(typeOid: number): DeviceText | null {
  switch (typeOid) {
    case 16:
      return (text) => (text === 't' ? '1' : '0');
    case 20:
    case 21:
    case 23:
    case 26:
      return (text) => text;
    case 700:
    case 701:
      return real;
    case 17:
      return null;
    case 1083:
      return (text) => JSON.stringify(microseconds(text));
    case 1114:
      return (text) => JSON.stringify(timestamp(text, ''));
    case 1184:
      return (text) => JSON.stringify(timestamp(text.replace(/[+-]00(?::00)?(?= BC$|$)/, ''), 'Z'));
    default:
      if (isArray(typeOid)) throw new Error(`type ${typeOid}: arrays are not synced`);
      return (text) => JSON.stringify(text);
  }
}

export function isArray(typeOid: number): boolean {
  return ARRAYS.has(typeOid);
}

/** bool, int, text, uuid, timestamptz, json … arrays; their JSON form differs from PostgreSQL's text. */
const ARRAYS = new Set([
  1000, 1001, 1005, 1007, 1009, 1014, 1015, 1016, 1021, 1022, 1115, 1182, 1185, 1231, 199, 2951, 3807,
]);

/** SQLite keeps a real a real only when the number has a fraction or an exponent. */
function real(text: string): string {
  if (!/^-?\d/.test(text)) return 'null';
  return /[.e]/i.test(text) ? text : `${text}.0`;
}

/** `17:30:06.12` → `17:30:06.120000`. */
function microseconds(text: string): string {
  const dot = text.indexOf('.');
  return dot < 0 ? `${text}.000000` : text.padEnd(dot + 7, '0');
}

function timestamp(text: string, zone: string): string {
  if (text === 'infinity') return `9999-12-31T23:59:59.999999${zone}`;
  if (text === '-infinity') return `0000-01-01T00:00:00.000000${zone}`;
  return `${microseconds(text.replace(' ', 'T'))}${zone}`;
}
