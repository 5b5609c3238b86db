const ASSET = `a.id, 'asset' AS kind, a.code,
  coalesce((SELECT p.name FROM products p WHERE p.id = a.product_id), '') AS title,
  CASE a.place_kind
    WHEN 'location' THEN (SELECT s.code FROM storage_locations s WHERE s.id = a.place_id)
    WHEN 'case' THEN (SELECT c.code FROM assets_now c WHERE c.id = a.place_id)
    WHEN 'vehicle' THEN (SELECT v.name FROM vehicles v WHERE v.id = a.place_id)
    ELSE (SELECT e.name FROM events_now e WHERE e.id = a.place_id)
  END AS placeName`;
const PLACE = `s.id, 'location', s.code, s.name, NULL`;

const everyWordIn = (text: string) =>
  `NOT EXISTS (SELECT 1 FROM json_each(typed.words) word WHERE instr(lower(${text}), word.value) = 0)`;

/**
 * Assets and places by the beginning of their code, by their name, and whatever a label or serial says exactly: what
 * was typed finds the nearest first. Parameters: `typedOf(text)`.
 */
export const THINGS_BY_TEXT = `
WITH typed (text, "from", "to", words) AS (SELECT ?, ?, ?, ?)
SELECT * FROM (
  SELECT 0 AS rank, ${ASSET} FROM typed, assets_now a WHERE a.id IN
    (SELECT asset_id FROM codes WHERE code = (SELECT text FROM typed))
  UNION ALL
  SELECT 1, ${PLACE} FROM typed, storage_locations s WHERE s.code >= typed."from" AND s.code < typed."to"
  UNION ALL
  SELECT * FROM (SELECT 1, ${ASSET} FROM typed, assets_now a
   WHERE a.code >= typed."from" AND a.code < typed."to" AND a.status <> 'retired' LIMIT 40)
  UNION ALL
  SELECT * FROM (SELECT 2, ${ASSET} FROM typed, assets_now a WHERE a.status <> 'retired' AND a.product_id IN
    (SELECT p.id FROM products p WHERE ${everyWordIn("coalesce(p.manufacturer, '') || ' ' || p.name")}) LIMIT 40)
  UNION ALL
  SELECT 2, ${PLACE} FROM typed, storage_locations s WHERE ${everyWordIn('s.name')}
) GROUP BY id ORDER BY min(rank), code LIMIT 40`;

/** What was typed as the parameters of `THINGS_BY_TEXT`. Codes are written in capitals. */
export function typedOf(text: string): [text: string, from: string, to: string, words: string] {
  const typed = text.trim();
  const from = typed.toUpperCase();
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return [typed, from, `${from}\uffff`, JSON.stringify(words)];
}

/** Assets of which an unknown code may well be: their serial, or their own code in other letters. The code, twice. */
export const LIKELY_THINGS = `SELECT ${ASSET} FROM assets_now a
  WHERE (a.serial = ? COLLATE NOCASE OR a.code = ? COLLATE NOCASE) AND a.status <> 'retired' LIMIT 3`;

/** A place whose name on the shelf this is, with or without a label of it. One parameter: the code. */
export const PLACE_BY_CODE = `SELECT s.id, 'location' AS kind, s.code, s.name AS title, NULL AS placeName
  FROM storage_locations s WHERE s.code = ?`;

/** One parameter: the id of an asset or a place. */
export const THING_BY_ID = `WITH wanted (id) AS (SELECT ?)
  SELECT ${ASSET} FROM wanted, assets_now a WHERE a.id = wanted.id
  UNION ALL SELECT ${PLACE} FROM wanted, storage_locations s WHERE s.id = wanted.id`;
