/** Many ids in an order, of which few are ever looked at. */
export type IdSequence = {
  readonly count: number;
  at(index: number): string | undefined;
  /** -1 where it is not among them. */
  indexOf(id: string): number;
};

const UUID_LENGTH = 36;

/** From the text that SQLite joined with commas. UUIDs all have one length, so each is found where it must stand. */
export function idSequence(ids: string, count: number): IdSequence {
  const step = UUID_LENGTH + 1;
  if (count > 0 && ids.length === count * step - 1) {
    return {
      count,
      at: (index) =>
        index >= 0 && index < count ? ids.slice(index * step, (index + 1) * step - 1) : undefined,
      indexOf(id) {
        const found = id.length === UUID_LENGTH ? ids.indexOf(id) : -1;
        return found === -1 ? -1 : found / step;
      },
    };
  }
  const cut = ids === '' ? [] : ids.split(',');
  return { count: cut.length, at: (index) => cut[index], indexOf: (id) => cut.indexOf(id) };
}

/** A row and where it was last. The id is null where there was none yet. */
export type Place = { readonly index: number; readonly id: string | null };

/** Where the row stands now: the list moves below whoever looks at it. -1 where it has gone. */
export function placeNow(ids: IdSequence, { index, id }: Place): number {
  return id === null || ids.at(index) === id ? index : ids.indexOf(id);
}
