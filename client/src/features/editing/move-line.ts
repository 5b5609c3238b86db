import { orderKeyBetween } from '@eventkit/shared/edits/order-key.ts';

type Placed = { readonly id: string; readonly order_key: string | null };

/**
 * The key that brings a line to `index` among the others; null where it is there already. Lines that share a key keep
 * together: what is put between two of them goes behind all of them.
 */
export function keyAt(lines: readonly Placed[], id: string, index: number): string | null {
  if (lines.findIndex((line) => line.id === id) === index) return null;
  const others = lines.filter((line) => line.id !== id);
  const before = others[index - 1]?.order_key ?? null;
  const after = others.slice(index).find(({ order_key }) => before === null || (order_key ?? '') > before);
  return orderKeyBetween(before, after?.order_key ?? null);
}

/** The key behind the last line. */
export function keyAtEnd(lines: readonly Placed[]): string {
  return orderKeyBetween(lines.at(-1)?.order_key ?? null, null);
}
