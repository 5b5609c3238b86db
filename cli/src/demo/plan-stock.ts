import type { ProductRow } from './demo-rows.ts';
import type { CatalogueProduct } from './parse-catalogue.ts';
import type { Random } from './random.ts';
import {
  caseList,
  countedProducts,
  fillers,
  type RoomLetter,
  type StockListItem,
  stockList,
} from './stock-list.ts';

/** How many pieces of a product there are, and where they belong. */
export type Stock = {
  readonly product: ProductRow;
  readonly quantity: number;
  readonly room: RoomLetter;
  readonly shelf: string | null;
};

/** Cases of one kind: `count` cases of `product`, each with `perCase` pieces of `contents`. */
export type CaseStock = {
  readonly product: ProductRow;
  readonly contents: Stock;
  readonly count: number;
  readonly perCase: number;
};

export type StockPlan = {
  /** All products, those of cases and those without codes included. */
  readonly products: readonly ProductRow[];
  readonly stocks: readonly Stock[];
  readonly cases: readonly CaseStock[];
  /** What has no codes and is counted. */
  readonly counted: readonly CountedStock[];
};

export type CountedStock = { readonly product: ProductRow; readonly quantity: number };

type Draft = {
  readonly product: ProductRow;
  quantity: number;
  readonly room: RoomLetter;
  readonly shelf: string | null;
};

/** The house that the list describes. */
const LISTED_SIZE = 5000;
/** A house twenty times as large has more products rather than twenty times as many of each. */
const LARGEST_SCALE = 4;
/** Part of all pieces that lie in cases. */
const CASED_SHARE = 0.08;

/** Decides what a house of exactly `assetCount` pieces, cases included, owns. */
export function planStock(
  { random, newId }: { readonly random: Random; readonly newId: () => string },
  assetCount: number,
  catalogue: readonly CatalogueProduct[],
): StockPlan {
  const scale = Math.min(assetCount / LISTED_SIZE, LARGEST_SCALE);
  const drafts = stockList.map(
    (item): Draft => ({
      product: productOf(item, catalogue, newId),
      quantity: Math.max(1, Math.round(item.quantity * scale)),
      room: item.room,
      shelf: item.shelf ?? null,
    }),
  );
  drafts.push(...chooseMore(random, newId, catalogue, drafts, assetCount * 0.85 - total(drafts)));
  const cases = planCases(newId, drafts, scale, assetCount);
  fitTo(drafts, assetCount - cases.reduce((sum, { count }) => sum + count, 0));
  const counted = countedProducts.map((item) => ({
    product: countedProduct(item, newId),
    quantity: Math.max(2, Math.round(item.quantity * scale)),
  }));
  const stocks = drafts.filter(({ quantity }) => quantity > 0);
  return {
    products: [...stocks, ...cases, ...counted].map(({ product }) => product),
    stocks,
    cases,
    counted,
  };
}

function total(drafts: readonly Draft[]): number {
  return drafts.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Real lamps until the wanted number of pieces is there or the catalogue has run out. */
function chooseMore(
  random: Random,
  newId: () => string,
  catalogue: readonly CatalogueProduct[],
  known: readonly Draft[],
  wanted: number,
): Draft[] {
  const taken = new Set(known.map(({ product }) => nameOf(product.manufacturer, product.name)));
  const more: Draft[] = [];
  let missing = wanted;
  for (const item of random.shuffle(catalogue)) {
    if (missing <= 0) break;
    if (item.weightGrams === null || item.widthMillimetres === null) continue;
    if (taken.has(nameOf(item.manufacturer, item.model))) continue;
    const quantity = 4 * random.integer(1, 18);
    missing -= quantity;
    more.push({
      product: catalogueProduct(item, newId),
      quantity,
      room: item.category === 'Moving Head' ? 'B' : 'A',
      shelf: null,
    });
  }
  return more;
}

function planCases(
  newId: () => string,
  drafts: readonly Draft[],
  scale: number,
  assetCount: number,
): CaseStock[] {
  const draftsByName = new Map(drafts.map((draft) => [draft.product.name, draft]));
  const cases: CaseStock[] = [];
  let cased = 0;
  const add = (contents: Draft | undefined, wanted: number, perCase: number) => {
    const count = contents === undefined ? 0 : Math.min(wanted, Math.floor(contents.quantity / perCase));
    if (contents === undefined || count === 0 || cased >= assetCount * CASED_SHARE) return;
    cases.push({ product: caseProduct(contents.product, perCase, newId), contents, count, perCase });
    cased += count * perCase;
  };
  for (const { of, cases: listed, perCase } of caseList) {
    add(draftsByName.get(of), Math.max(1, Math.round(listed * scale)), perCase);
  }
  for (const draft of drafts.slice(stockList.length)) add(draft, Math.floor(draft.quantity / 4), 4);
  return cases;
}

/** Makes the pieces exactly as many as wanted: more or fewer of what nobody counts, at last fewer products. */
function fitTo(drafts: Draft[], wanted: number): void {
  const flexible = drafts.filter(({ product }) => fillers.includes(product.name));
  const smallest = flexible.map(({ quantity }) => Math.min(quantity, 20));
  for (let difference = wanted - total(drafts), i = 0; difference > 0; i += 1) {
    const draft = flexible[i % flexible.length];
    if (draft === undefined) throw new Error('nothing to fill up with');
    const step = Math.min(difference, 50);
    draft.quantity += step;
    difference -= step;
  }
  for (const [i, draft] of flexible.entries()) {
    draft.quantity -= Math.min(Math.max(total(drafts) - wanted, 0), draft.quantity - (smallest[i] ?? 0));
  }
  for (let i = drafts.length - 1; i >= 0 && total(drafts) > wanted; i -= 1) {
    const draft = drafts[i];
    if (draft !== undefined) draft.quantity -= Math.min(total(drafts) - wanted, draft.quantity);
  }
}

function productOf(
  item: StockListItem,
  catalogue: readonly CatalogueProduct[],
  newId: () => string,
): ProductRow {
  if ('name' in item) {
    const [width, height, depth] = item.size;
    return {
      id: newId(),
      name: item.name,
      manufacturer: '',
      category: item.category,
      tracking: 'serialised',
      weight_grams: item.weightGrams,
      width_millimetres: width,
      height_millimetres: height,
      depth_millimetres: depth,
      power_watts: item.powerWatts,
      source: 'synthetic',
    };
  }
  const wanted = nameOf(item.manufacturer, item.model);
  const found = catalogue.find((one) => nameOf(one.manufacturer, one.model) === wanted);
  if (found === undefined) throw new Error(`the catalogue has no ${item.manufacturer} ${item.model}`);
  return catalogueProduct({ ...found, model: item.model }, newId);
}

function catalogueProduct(item: CatalogueProduct, newId: () => string): ProductRow {
  return {
    id: newId(),
    name: item.model,
    manufacturer: item.manufacturer,
    category: item.category,
    tracking: 'serialised',
    weight_grams: item.weightGrams,
    width_millimetres: item.widthMillimetres,
    height_millimetres: item.heightMillimetres,
    depth_millimetres: item.depthMillimetres,
    power_watts: item.powerWatts,
    source: item.source,
  };
}

/** The empty case. Foam and wood weigh about as much again as a third of what is in it. */
function caseProduct(contents: ProductRow, perCase: number, newId: () => string): ProductRow {
  const contentGrams = (contents.weight_grams ?? 1000) * perCase;
  return {
    id: newId(),
    name: `Case, ${perCase} × ${contents.name}`,
    manufacturer: '',
    category: 'Case',
    tracking: 'serialised',
    weight_grams: 12_000 + Math.round(contentGrams / 3 / 100) * 100,
    width_millimetres: 1200,
    height_millimetres: 600 + 100 * Math.min(6, Math.floor(contentGrams / 20_000)),
    depth_millimetres: 600,
    power_watts: null,
    source: 'synthetic',
  };
}

function countedProduct(
  { name, tracking }: (typeof countedProducts)[number],
  newId: () => string,
): ProductRow {
  return {
    id: newId(),
    name,
    manufacturer: '',
    category: tracking === 'bulk' ? 'Small parts' : 'Consumable',
    tracking,
    weight_grams: null,
    width_millimetres: null,
    height_millimetres: null,
    depth_millimetres: null,
    power_watts: null,
    source: 'synthetic',
  };
}

function nameOf(manufacturer: string, model: string): string {
  return `${manufacturer} ${model}`.toLowerCase();
}
