import { type NewId, uuidV7 } from '@eventkit/shared/kernel/ids.ts';

/** Ids in order, the same in each run; `space` keeps those of two makers apart. */
export function createTestIds(space: number): NewId {
  let count = 0;
  return () => {
    count++;
    const bytes = new Uint8Array(10);
    const view = new DataView(bytes.buffer);
    view.setUint16(2, space);
    view.setUint32(4, count);
    return uuidV7(1_800_000_000_000 + count, bytes);
  };
}

/** A fixed id for what a test names by a number. */
export function idOf(kind: number, number: number): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  return `${hex(kind, 8)}-0000-4000-8000-${hex(number, 12)}`;
}
