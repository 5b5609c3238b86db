/** A kind of paper that labels are printed on. Lengths in millimetres. */
export type LabelFormat = {
  readonly id: LabelFormatId;
  readonly widthMillimetres: number;
  readonly heightMillimetres: number;
  /** How many are on one page. */
  readonly columns: number;
  readonly rows: number;
};

export const labelFormatIds = ['roll', 'sheet'] as const;
export type LabelFormatId = (typeof labelFormatIds)[number];

export const labelFormats: Readonly<Record<LabelFormatId, LabelFormat>> = {
  /** A printer with a roll: each label is a page. */
  roll: { id: 'roll', widthMillimetres: 62, heightMillimetres: 29, columns: 1, rows: 1 },
  /** A sheet of A4 without margins between the labels. */
  sheet: { id: 'sheet', widthMillimetres: 70, heightMillimetres: 37, columns: 3, rows: 8 },
};

/** How many labels a page has. */
export function labelsOnPage({ columns, rows }: LabelFormat): number {
  return columns * rows;
}

/**
 * The pages for some labels, null where a place on the paper stays empty. `skipCount` of the first page are gone
 * already: a sheet that was begun can be used up.
 */
export function pagesOf<Label>(
  labels: readonly Label[],
  format: LabelFormat,
  skipCount: number,
): readonly (readonly (Label | null)[])[] {
  const size = labelsOnPage(format);
  const skipped = Array.from(
    { length: size === 1 ? 0 : Math.min(Math.max(skipCount, 0), size - 1) },
    () => null,
  );
  const places = [...skipped, ...labels];
  return Array.from({ length: Math.ceil(places.length / size) }, (_, page) =>
    places.slice(page * size, (page + 1) * size),
  );
}
