/** The place of the first item whose number is beyond `position`, in a list that ascends by it; its length where none is. */
export function indexAfter<T>(items: readonly T[], position: number, numberOf: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item === undefined || numberOf(item) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
