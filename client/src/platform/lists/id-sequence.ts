/** Many ids in an order, of which few are ever looked at. */
export type IdSequence = { readonly count: number; at(index: number): string | undefined };

const UUID_LENGTH = 36;

/** From the text that SQLite joined with commas. UUIDs all have one length, so each is found where it must stand. */
export function idSequence(ids: string, count: number): IdSequence {
  const step = UUID_LENGTH + 1;
  if (count > 0 && ids.length === count * step - 1) {
    return {
      count,
      at: (index) =>
        index >= 0 && index < count ? ids.slice(index * step, (index + 1) * step - 1) : undefined,
    };
  }
  const cut = ids === '' ? [] : ids.split(',');
  return { count: cut.length, at: (index) => cut[index] };
}
