import type { AssetId, EventId, ProductId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { AssetStatus, PlaceKind } from '@eventkit/shared/ledger/asset-state.ts';
import type { EventGlyphState } from '#ui/event-glyph.tsx';

export type FoundPiece = {
  readonly id: AssetId;
  readonly code: string;
  readonly productName: string;
  readonly isCase: number;
  readonly status: AssetStatus;
  readonly placeKind: PlaceKind;
  readonly placeName: string | null;
};

const hasEveryWord = (text: string) =>
  `NOT EXISTS (SELECT 1 FROM json_each(?) word WHERE instr(lower(${text}), word.value) = 0)`;

const PIECE = `a.id, a.code, coalesce((SELECT p.name FROM products p WHERE p.id = a.product_id), '') AS productName,
  a.is_case AS isCase, a.status, a.place_kind AS placeKind,
  CASE a.place_kind
    WHEN 'location' THEN (SELECT s.code FROM storage_locations s WHERE s.id = a.place_id)
    WHEN 'case' THEN (SELECT c.code FROM assets_now c WHERE c.id = a.place_id)
    WHEN 'vehicle' THEN (SELECT v.name FROM vehicles v WHERE v.id = a.place_id)
    ELSE (SELECT e.name FROM events_now e WHERE e.id = a.place_id)
  END AS placeName`;

/** Pieces whose code begins with the text, or whose label says exactly it. Parameters: `rangeOf(text)`, then the text as typed. */
export const PIECES_BY_CODE = `
SELECT ${PIECE} FROM assets_now a WHERE a.code >= ? AND a.code < ?
UNION
SELECT ${PIECE} FROM assets_now a WHERE a.id IN (SELECT asset_id FROM codes WHERE code = ?)
ORDER BY 2 LIMIT 40`;

/** A few pieces of the products that the words find. One parameter: `wordsOf(text)`. */
export const PIECES_BY_WORDS = `
SELECT ${PIECE} FROM assets_now a
 WHERE a.product_id IN (SELECT id FROM products WHERE ${hasEveryWord("coalesce(manufacturer, '') || ' ' || name")})
 LIMIT 8`;

/** Pieces of one product. One parameter: the product. */
export const PIECES_OF_PRODUCT = `
SELECT ${PIECE} FROM assets_now a WHERE a.product_id = ? ORDER BY a.code LIMIT 500`;

/** Pieces that lie at one place, cases among them; what is in a case lies in the case. One parameter: the place. */
export const PIECES_AT_PLACE = `
SELECT ${PIECE} FROM assets_now a WHERE a.place_id = ? ORDER BY a.code LIMIT 500`;

export type FoundProduct = {
  readonly id: ProductId;
  readonly name: string;
  readonly manufacturer: string;
  readonly category: string;
};

/** One parameter: `wordsOf(text)`. */
export const PRODUCTS_BY_WORDS = `
SELECT id, name, coalesce(manufacturer, '') AS manufacturer, coalesce(category, '') AS category
  FROM products WHERE ${hasEveryWord("coalesce(manufacturer, '') || ' ' || name")}
 ORDER BY name LIMIT 20`;

export type FoundEvent = {
  readonly id: EventId;
  readonly name: string;
  readonly venue: string;
  /** As PostgreSQL checks it. */
  readonly status: EventGlyphState;
  readonly loadAt: Instant;
};

/** One parameter: `wordsOf(text)`. */
export const EVENTS_BY_WORDS = `
SELECT id, name, coalesce(venue, '') AS venue, status, load_at AS loadAt FROM events_now
 WHERE ${hasEveryWord("name || ' ' || coalesce(client_name, '') || ' ' || coalesce(venue, '')")}
 ORDER BY load_at DESC LIMIT 10`;

/** One parameter: the product. */
export const PRODUCT_BY_ID = 'SELECT id, name FROM products WHERE id = ?';

export type FoundPlace = { readonly id: StorageLocationId; readonly code: string; readonly name: string };

/** Places whose code begins with the text. Parameters: `rangeOf(text)`. */
export const PLACES_BY_CODE = `
SELECT id, code, name FROM storage_locations WHERE code >= ? AND code < ? ORDER BY code LIMIT 5`;

/** One parameter: the place. */
export const PLACE_BY_ID = 'SELECT id, code, name FROM storage_locations WHERE id = ?';

/** From and to of all codes that begin with the text; codes are written in capitals. */
export function rangeOf(text: string): [string, string] {
  const from = text.trim().toUpperCase();
  return [from, `${from}\uffff`];
}

/** The words of a search as a JSON array, lower case. */
export function wordsOf(text: string): string {
  return JSON.stringify(
    text
      .trim()
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== ''),
  );
}
