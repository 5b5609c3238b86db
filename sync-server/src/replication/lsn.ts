/** A position in PostgreSQL's write-ahead log, in bytes. */
export type Lsn = bigint;

/** Reads `16/B374D848`; throws on anything else. */
export function parseLsn(text: string): Lsn {
  const found = /^([0-9A-Fa-f]{1,8})\/([0-9A-Fa-f]{1,8})$/.exec(text);
  if (found === null) throw new Error(`not a WAL position: ${text}`);
  return (BigInt(`0x${found[1]}`) << 32n) | BigInt(`0x${found[2]}`);
}

export function formatLsn(lsn: Lsn): string {
  return `${(lsn >> 32n).toString(16).toUpperCase()}/${(lsn & 0xffffffffn).toString(16).toUpperCase()}`;
}
