import { BLANK_LETTERS, blankCode, blankPrefixOf } from '@eventkit/shared/labels/blank-code.ts';

/** What stands on one label. A blank one has only its code. */
export type LabelToPrint = { readonly code: string; readonly title: string };

/** One parameter: the asset. */
export const LABEL_OF_ASSET = `
SELECT a.code, coalesce((SELECT p.name FROM products p WHERE p.id = a.product_id), '') AS title
  FROM assets_now a WHERE a.id = ?`;

/** Of everything that is still in service. One parameter: the product. */
export const LABELS_OF_PRODUCT = `
SELECT a.code, coalesce((SELECT p.name FROM products p WHERE p.id = a.product_id), '') AS title
  FROM assets_now a WHERE a.product_id = ? AND a.status <> 'retired' ORDER BY a.code LIMIT 2000`;

/** Of what was chosen in a list. One parameter: the assets as a JSON array. */
export const LABELS_OF_CHOSEN = `
SELECT a.code, coalesce((SELECT p.name FROM products p WHERE p.id = a.product_id), '') AS title
  FROM assets_now a WHERE a.id IN (SELECT value FROM json_each(?)) ORDER BY a.code`;

/** A print job of blank labels is a page or a few, and no more codes than a person sticks on. */
export const MOST_BLANKS = 480;

/** Labels that are on nothing yet; `fillRandom` is asked for the bytes of each. */
export function blankLabels(
  prefix: string,
  count: number,
  fillRandom: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array,
): readonly LabelToPrint[] {
  return Array.from({ length: count }, () => ({
    code: blankCode(prefix, fillRandom(new Uint8Array(BLANK_LETTERS))),
    title: '',
  }));
}

/** The letters that a company's name begins its words with, as the prefix to start from. */
export function prefixOfCompany(name: string): string {
  const initials = name
    .normalize('NFD')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 3);
  return blankPrefixOf(initials) ?? 'L';
}
