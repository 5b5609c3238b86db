import type { Replica } from '#platform/replica/replica.ts';
import {
  EVENTS_BY_WORDS,
  type FoundEvent,
  type FoundPiece,
  type FoundPlace,
  type FoundProduct,
  PIECES_BY_CODE,
  PIECES_BY_WORDS,
  PLACES_BY_CODE,
  PRODUCTS_BY_WORDS,
  rangeOf,
  wordsOf,
} from './find-queries.ts';

export type Found = {
  readonly pieces: readonly FoundPiece[];
  readonly products: readonly FoundProduct[];
  readonly places: readonly FoundPlace[];
  readonly events: readonly FoundEvent[];
  /** In milliseconds. */
  readonly tookMs: number;
};

/** A few of everything that a text may mean; `isCode` asks for codes alone. */
export async function searchReplica(
  replica: Pick<Replica, 'getAll'>,
  text: string,
  { isCode, nowMs }: { readonly isCode: boolean; readonly nowMs: () => number },
): Promise<Found> {
  const startedAt = nowMs();
  const range = rangeOf(text);
  const words = wordsOf(text);
  const ifWords = <Row>(sql: string): Promise<Row[]> =>
    isCode ? Promise.resolve([]) : replica.getAll<Row>(sql, [words]);
  const [byCode, byWords, products, places, events] = await Promise.all([
    replica.getAll<FoundPiece>(PIECES_BY_CODE, [...range, text.trim()]),
    ifWords<FoundPiece>(PIECES_BY_WORDS),
    ifWords<FoundProduct>(PRODUCTS_BY_WORDS),
    replica.getAll<FoundPlace>(PLACES_BY_CODE, range),
    ifWords<FoundEvent>(EVENTS_BY_WORDS),
  ]);
  return {
    pieces: byCode.length > 0 ? byCode : byWords,
    products,
    places,
    events,
    tookMs: nowMs() - startedAt,
  };
}
