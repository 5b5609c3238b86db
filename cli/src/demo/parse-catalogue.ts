import { parseCsv } from './parse-csv.ts';

/** One product of the catalogue. What is unknown, or cannot be true, is null. */
export type CatalogueProduct = {
  /** The row's own source, e.g. ofl-npm. */
  readonly source: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly category: string;
  readonly weightGrams: number | null;
  readonly widthMillimetres: number | null;
  readonly heightMillimetres: number | null;
  readonly depthMillimetres: number | null;
  readonly powerWatts: number | null;
};

/** What was wrong with the rows, counted. */
export type CatalogueSummary = {
  readonly rowCount: number;
  readonly productCount: number;
  /** Rows without a maker, a model or a category, or with too few fields. */
  readonly unusableCount: number;
  /** Centimetres where millimetres were meant: multiplied by ten. */
  readonly centimetreCount: number;
  /** Size and weight that cannot both be true: all four left out. */
  readonly implausibleCount: number;
  readonly withoutPowerCount: number;
  /** Rows of a product that an earlier row described already. */
  readonly duplicateCount: number;
  /** Of these, rows whose weight differs by more than a tenth. */
  readonly disagreeingCount: number;
  /** Spellings of a maker that were taken as another's, e.g. "Chauvet DJ as Chauvet". */
  readonly respelledMakers: readonly string[];
};

/** Reads the catalogue, dirty as it is: nothing is dropped silently, everything odd is counted. */
export function parseCatalogue(text: string): {
  readonly products: readonly CatalogueProduct[];
  readonly summary: CatalogueSummary;
} {
  const rows = parseCsv(text).slice(1);
  const read = rows.map(readRow);
  const usable = read.filter((row) => row !== null);
  const makers = spellMakers(usable.map((row) => row.product.manufacturer));
  const products = new Map<string, CatalogueProduct>();
  let disagreeingCount = 0;
  // Where both sources have a product, the Open Fixture Library's is the more careful one.
  const bestFirst = [...usable].sort((a, b) => rankOf(a.product) - rankOf(b.product));
  for (const { product } of bestFirst) {
    const manufacturer = makers.spellingOf(product.manufacturer);
    const key = `${plain(manufacturer)}|${plain(product.model)}`;
    const known = products.get(key);
    if (known === undefined) products.set(key, { ...product, manufacturer });
    else if (weighDifferently(known, product)) disagreeingCount += 1;
  }
  return {
    products: [...products.values()],
    summary: {
      rowCount: rows.length,
      productCount: products.size,
      unusableCount: rows.length - usable.length,
      centimetreCount: usable.filter((row) => row.note === 'centimetres').length,
      implausibleCount: usable.filter((row) => row.note === 'implausible').length,
      withoutPowerCount: usable.filter((row) => row.product.powerWatts === null).length,
      duplicateCount: usable.length - products.size,
      disagreeingCount,
      respelledMakers: makers.respelled,
    },
  };
}

type ReadRow = { readonly product: CatalogueProduct; readonly note: 'centimetres' | 'implausible' | null };

function readRow(fields: readonly string[]): ReadRow | null {
  const [source = '', manufacturer = '', model = '', category = '', ...figures] = fields.map((f) => f.trim());
  if (fields.length < 9 || manufacturer === '' || model === '' || category === '') return null;
  const [weight = null, width = null, height = null, depth = null, power = null] = figures.map(positiveOf);
  const { sides, note } = judgeSize(weight, [width, height, depth]);
  return {
    product: {
      source,
      manufacturer,
      model,
      category,
      weightGrams: note === 'implausible' || weight === null ? null : Math.round(weight * 1000),
      widthMillimetres: sides[0],
      heightMillimetres: sides[1],
      depthMillimetres: sides[2],
      powerWatts: power === null || power > MOST_WATTS ? null : Math.round(power),
    },
    note,
  };
}

/** Kilograms per litre. Solid aluminium has 2.7; a moving head 0.1 to 0.5. */
const PLAUSIBLE_DENSITY = { from: 0.015, to: 3 } as const;
/** No single lamp of the trade takes more from one plug. */
const MOST_WATTS = 7000;

type Sides = readonly [number | null, number | null, number | null];

function judgeSize(weightKg: number | null, sides: Sides): { sides: Sides; note: ReadRow['note'] } {
  const [width, height, depth] = sides;
  const whole: Sides = [rounded(width), rounded(height), rounded(depth)];
  if (weightKg === null || width === null || height === null || depth === null) {
    return { sides: whole, note: null };
  }
  const density = weightKg / ((width * height * depth) / 1e6);
  if (isPlausible(density)) return { sides: whole, note: null };
  if (isPlausible(density / 1000)) {
    return { sides: [rounded(width * 10), rounded(height * 10), rounded(depth * 10)], note: 'centimetres' };
  }
  return { sides: [null, null, null], note: 'implausible' };
}

function isPlausible(density: number): boolean {
  return density >= PLAUSIBLE_DENSITY.from && density <= PLAUSIBLE_DENSITY.to;
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

/** Zero stands for "not known" in both sources. */
function positiveOf(text: string): number | null {
  const value = Number(text);
  return text !== '' && Number.isFinite(value) && value > 0 ? value : null;
}

function rankOf(product: CatalogueProduct): number {
  return product.source === 'ofl-npm' ? 0 : 1;
}

function weighDifferently(a: CatalogueProduct, b: CatalogueProduct): boolean {
  if (a.weightGrams === null || b.weightGrams === null) return false;
  return Math.abs(a.weightGrams - b.weightGrams) > 0.1 * Math.max(a.weightGrams, b.weightGrams);
}

/** Names that differ by more than case and punctuation and still mean one maker. */
const ALIASES: Readonly<Record<string, string>> = {
  chauvetdj: 'chauvet',
  blizzardlighting: 'blizzard',
  glxlighting: 'glx',
  ibizalight: 'ibiza',
};

/** One spelling for each maker: the most frequent one, the first where two are even. */
function spellMakers(names: readonly string[]): {
  readonly respelled: readonly string[];
  spellingOf(name: string): string;
} {
  const countsByKey = new Map<string, Map<string, number>>();
  for (const name of names) {
    const counts = countsByKey.get(makerKey(name)) ?? new Map<string, number>();
    counts.set(name, (counts.get(name) ?? 0) + 1);
    countsByKey.set(makerKey(name), counts);
  }
  const spellings = new Map<string, string>();
  const respelled: string[] = [];
  for (const [key, counts] of countsByKey) {
    const ranked = [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
    const [best = key, ...others] = ranked;
    spellings.set(key, best);
    respelled.push(...others.map((other) => `${other} as ${best}`));
  }
  return { respelled: respelled.sort(), spellingOf: (name) => spellings.get(makerKey(name)) ?? name };
}

function makerKey(name: string): string {
  const key = plain(name);
  return ALIASES[key] ?? key;
}

function plain(name: string): string {
  const letters = name.toLowerCase().replaceAll(/[^\p{L}\p{N}+]/gu, '');
  return letters === '' ? name : letters;
}
