import type { EventId, ProductId } from '@eventkit/shared/kernel/ids.ts';
import type { RowOf } from '@eventkit/shared/schema/row-types.ts';

/** A line as it is edited, with what it is called. */
export type LineToEdit = RowOf<'pull_list_lines'> & { readonly productName: string | null };

/** One parameter: the event. */
export const LINES_TO_EDIT = `
SELECT l.id, l.pull_list_id, l.event_id, l.product_id, l.quantity, l.note, l.order_key,
       (SELECT p.name FROM products p WHERE p.id = l.product_id) AS productName
  FROM pull_list_lines_now l WHERE l.event_id = ? ORDER BY l.order_key, l.id`;

/** One parameter: the event. */
export const EVENT_TO_EDIT = 'SELECT * FROM events_now WHERE id = ?';

/** One parameter: the event. New lines go onto the first of its lists. */
export const LISTS_OF_EVENT = 'SELECT id, name FROM pull_lists_now WHERE event_id = ? ORDER BY name, id';

export type ListOfEvent = { readonly id: string; readonly name: string | null; readonly event_id?: EventId };

export type FoundProduct = {
  readonly id: ProductId;
  readonly name: string;
  readonly category: string | null;
  /** Pieces with codes that are in service, wherever they are. */
  readonly pieceCount: number;
};

/** One parameter: what the name contains, without its wildcards. */
export const PRODUCTS_TO_ADD = `
SELECT p.id, p.name, p.category,
       (SELECT count(*) FROM assets_now a WHERE a.product_id = p.id AND a.status = 'in_service') AS pieceCount
  FROM (SELECT id, name, category FROM products WHERE name LIKE ? ESCAPE '\\' ORDER BY name, id LIMIT 6) AS p`;

/** What was typed as the parameter of `PRODUCTS_TO_ADD`. */
export function containing(text: string): string {
  return `%${text.trim().replaceAll(/[\\%_]/g, (mark) => `\\${mark}`)}%`;
}
