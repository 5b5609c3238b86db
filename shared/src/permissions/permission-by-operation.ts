import type { Intent } from '#operations/operation.ts';
import type { Permission } from './roles.ts';

/** What somebody needs who records an operation, and what becomes of it without. */
export type OperationRight = {
  readonly permission: Permission;
  /**
   * `stands`: it happened, with or without the right to it, so it counts and says so. `refused`: it is a decision, and
   * nobody's decision but of those who may make it.
   */
  readonly without: 'stands' | 'refused';
};

const scan: OperationRight = { permission: 'scanning:write', without: 'stands' };
const repair: OperationRight = { permission: 'maintenance:write', without: 'stands' };

/**
 * [UP15] What each operation asks of the person who recorded it. Edits are not here: theirs is said by the table that
 * they change (`editable-tables.ts`). An undo asks for what the undone asked for.
 */
export const rightByOperation: Readonly<
  Record<
    Exclude<Intent['kind'], 'edit_fields' | 'create_row' | 'delete_row' | 'restore_row' | 'undo'>,
    OperationRight
  >
> = {
  check_out: scan,
  check_in: scan,
  move: scan,
  pack: scan,
  unpack: scan,
  load: scan,
  unload: scan,
  dispatch: scan,
  arrive: scan,
  confirm_truck_pack: scan,
  seal: scan,
  open: scan,
  found: scan,
  fill_line: scan,
  resolve: scan,
  move_bulk: scan,
  count_bulk: scan,
  assign_label: scan,
  retire_label: scan,
  open_stocktake: scan,
  count_asset: scan,
  count_quantity: scan,
  request_recount: scan,
  close_stocktake: scan,
  review_variance: scan,
  quarantine: scan,
  repair_start: repair,
  repair_done: repair,
  inspection_result: repair,
  release: { permission: 'maintenance:write', without: 'refused' },
  retire: { permission: 'inventory:write', without: 'refused' },
  approve_stocktake: { permission: 'stocktakes:approve', without: 'refused' },
};

/** Whether somebody with these permissions is to be offered the act. */
export function mayRecord(kind: keyof typeof rightByOperation, held: readonly Permission[]): boolean {
  return held.includes(rightByOperation[kind].permission);
}
