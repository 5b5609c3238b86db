import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';

/** archive_damaged: no plain zip. archive_unsafe: a bomb, or names and links that lead out of it. */
export type ZipProblem = 'archive_damaged' | 'archive_unsafe';

const MOST_ENTRIES = 5000;
const MOST_BYTES = 500 * 1024 * 1024;
/** Texts shrink to a twentieth; Deflate itself ends at a thousandth, and only bombs come near it. */
const MOST_SHRINKING = 200;
/** Small files of empty cells shrink a lot without harm. */
const HARMLESS_BYTES = 10 * 1024 * 1024;
const END_BYTES = 22;
const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];
const SYMLINK = 0o120000;

/**
 * The names in a zip, by its directory; nothing is unpacked. It must be a zip from its first byte to its last, so that it
 * cannot be something else as well.
 */
export function readZip(bytes: Uint8Array): Result<readonly string[], ZipProblem> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - END_BYTES;
  if (end < 0 || view.getUint32(0, true) !== LOCAL || view.getUint32(end, true) !== END)
    return err('archive_damaged');
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  // Nothing between the directory and its end, which also leaves out what is split or larger than 4 GB.
  if (start + size !== end || view.getUint16(end + 8, true) !== count) return err('archive_damaged');
  if (count > MOST_ENTRIES) return err('archive_unsafe');

  const names: string[] = [];
  const spans: [from: number, to: number][] = [];
  let unpackedBytes = 0;
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) return err('archive_damaged');
    const packed = view.getUint32(at + 20, true);
    const unpacked = view.getUint32(at + 24, true);
    const nameLength = view.getUint16(at + 28, true);
    const local = view.getUint32(at + 42, true);
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end || local + 30 > start || view.getUint32(local, true) !== LOCAL)
      return err('archive_damaged');
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const isLink = ((view.getUint32(at + 38, true) >>> 16) & 0o170000) === SYMLINK;
    if (isLink || leadsOut(name)) return err('archive_unsafe');
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (from + packed > start) return err('archive_damaged');
    names.push(name);
    spans.push([local, from + packed]);
    unpackedBytes += unpacked;
    at = next;
  }
  if (at !== end) return err('archive_damaged');
  if (unpackedBytes > MOST_BYTES || overlap(spans)) return err('archive_unsafe');
  if (unpackedBytes > HARMLESS_BYTES && unpackedBytes > bytes.length * MOST_SHRINKING)
    return err('archive_unsafe');
  return ok(names);
}

function leadsOut(name: string): boolean {
  return /^[/\\]|^[a-z]:|\\|\0/i.test(name) || name.split('/').includes('..');
}

/** Entries that share their bytes unpack to far more than there is: the bomb that needs no nesting. */
function overlap(spans: [from: number, to: number][]): boolean {
  spans.sort(([a], [b]) => a - b);
  return spans.some(([from], index) => index > 0 && from < (spans[index - 1]?.[1] ?? 0));
}
