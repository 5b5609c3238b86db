import { type CountedThing, MOST_THINGS, type StocktakeAdjustment } from './stocktake-intents.ts';

/**
 * The most that the things of one operation may weigh, in bytes: the wire takes 1 MiB with what stands around them. Parts of
 * this size are judged in a moment, and a person sees the work go on.
 */
const MOST_BYTES = 128 * 1024;

/** [ST16] The same in the same order, in as many parts as operations are needed to name it all. */
export function inParts<Item>(items: readonly Item[], bytesOf: (item: Item) => number): Item[][] {
  const parts: Item[][] = [];
  let bytes = 0;
  for (const item of items) {
    const last = parts.at(-1);
    bytes += bytesOf(item);
    if (last !== undefined && last.length < MOST_THINGS && bytes <= MOST_BYTES) {
      last.push(item);
    } else {
      parts.push([item]);
      bytes = bytesOf(item);
    }
  }
  return parts;
}

/** At most so many bytes on the wire. */
export function bytesOfThing(thing: CountedThing): number {
  return thing.kind === 'code' ? 16 + bytesOfText(thing.code) : 128;
}

/** At most so many bytes on the wire. */
export function bytesOfAdjustment({ reason }: StocktakeAdjustment): number {
  return 256 + bytesOfText(reason);
}

/** UTF-8 has three bytes for what is one unit of a string, at most. */
function bytesOfText(text: string): number {
  return 3 * text.length;
}
