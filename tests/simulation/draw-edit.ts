import type { Replica } from '@eventkit/client/platform/replica/replica.ts';
import type { FieldEdit } from '@eventkit/shared/edits/edit-intents.ts';
import { fieldsOfRow } from '@eventkit/shared/edits/row-fields.ts';
import { uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import type { RowOf } from '@eventkit/shared/schema/row-types.ts';
import type { RandomSource } from './random-source.ts';
import type { WorkArea } from './work-area.ts';

const TABLE = 'pull_list_lines' as const;

/** A planner changes the pull list as the device shows it. Null before the device has one. */
export async function drawEdit(
  replica: Replica,
  { productId, pullListId, lineIds }: WorkArea,
  random: RandomSource,
): Promise<Intent | null> {
  const lines = await replica.getAll<RowOf<'pull_list_lines'>>(
    'SELECT * FROM pull_list_lines_now ORDER BY id LIMIT 4',
  );
  const line = lines.length === 0 ? undefined : random.pick(lines);
  const quantity = Math.floor(random.between(1, 5));
  if (line === undefined || random.chance(0.1)) {
    if (line === undefined && !random.chance(0.3)) return drawRestoration(replica, random);
    const known = await replica.getOptional('SELECT 1 FROM pull_lists_now WHERE id = ?', [pullListId]);
    if (known === null) return null;
    const rowId = uuidV7(
      Date.UTC(2026, 10, 23),
      Uint8Array.from({ length: 10 }, () => random.between(0, 256)),
    );
    const values = [
      { field: 'pull_list_id', value: pullListId },
      { field: 'product_id', value: productId },
      { field: 'quantity', value: quantity },
      { field: 'note', value: '' },
      { field: 'order_key', value: 'i' },
    ];
    return { kind: 'create_row', table: TABLE, rowId, values };
  }
  if (random.chance(0.15)) return drawRestoration(replica, random);
  if (random.chance(0.18)) return drawLateEdit(replica, quantity, random);
  const seen = fieldsOfRow(TABLE, line).map(([field, value]) => ({ field, value }));
  if (random.chance(0.12) && lineIds.length > 0) {
    return { kind: 'delete_row', table: TABLE, rowId: line.id, saw: seen };
  }
  const edits: FieldEdit[] = [{ field: 'quantity', saw: line.quantity, value: quantity }];
  if (random.chance(0.3)) edits.push({ field: 'note', saw: line.note, value: `seen ${quantity}` });
  return { kind: 'edit_fields', table: TABLE, rowId: line.id, edits };
}

/** Somebody brings back what was deleted. */
async function drawRestoration(replica: Replica, random: RandomSource): Promise<Intent | null> {
  const deleted = await deletedLines(replica);
  if (deleted.length === 0) return null;
  return { kind: 'restore_row', table: TABLE, rowId: random.pick(deleted).id };
}

/** Somebody had the line open while it was deleted under their hands. */
async function drawLateEdit(
  replica: Replica,
  quantity: number,
  random: RandomSource,
): Promise<Intent | null> {
  const deleted = await deletedLines(replica);
  if (deleted.length === 0) return null;
  const { id, saw } = random.pick(deleted);
  const edit = {
    field: 'quantity',
    saw: (JSON.parse(saw) as { quantity: number }).quantity,
    value: quantity,
  };
  return { kind: 'edit_fields', table: TABLE, rowId: id, edits: [edit] };
}

/** With their fields as they were when they went. */
function deletedLines(replica: Replica): Promise<{ readonly id: string; readonly saw: string }[]> {
  return replica.getAll(
    `SELECT row_id AS id, max(saw) AS saw FROM field_edits_now WHERE kind = 'delete_row'
      AND row_id NOT IN (SELECT id FROM pull_list_lines_now) GROUP BY row_id ORDER BY row_id LIMIT 3`,
  );
}
