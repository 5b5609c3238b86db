import type { SyncPlan } from '#config/sync-plan.ts';
import { type Queryable, readLiveKeys } from '#oplog/oplog-store.ts';
import type { OplogWriter, PendingRow } from '#oplog/oplog-writer.ts';
import { changedRow, type ReadSourceRow, removedRow } from './pending-row.ts';
import type { Relation, TupleValue } from './pgoutput.ts';
import { compileRowPlan, type RowPlan } from './row-plan.ts';
import type { SourceTable } from './source-tables.ts';
import type { RowChange } from './transaction-reader.ts';

/** A table is not what it was when it was copied. */
export class ShapeChanged extends Error {
  override readonly name = 'ShapeChanged';
}

export type ChangeContext = {
  readonly db: Queryable;
  readonly deployment: string;
  readonly plan: SyncPlan;
  readonly tables: readonly SourceTable[];
  readonly tableIds: ReadonlyMap<string, number>;
  readonly readSourceRow: ReadSourceRow;
};

/** Turns changes of the log into rows for the writer; of several changes of one row only the last counts. */
export class ChangeApplier {
  readonly #context: ChangeContext;
  /** Relations are described again and again; what was compiled for an old description goes with it. */
  readonly #plans = new WeakMap<Relation, RowPlan | null>();
  #rows = new Map<string, { readonly pending: PendingRow; readonly values: readonly TupleValue[] | null }>();

  constructor(context: ChangeContext) {
    this.#context = context;
  }

  /** Adds changes in their order. A TRUNCATE is written at once, as the rows it removes are known to the log only. */
  async add(changes: readonly RowChange[], writer: OplogWriter): Promise<void> {
    for (const change of changes) {
      if (change.tag === 'truncate') {
        for (const relation of change.relations) await this.#truncate(relation, writer);
        continue;
      }
      const plan = this.#planOf(change.relation);
      if (plan === null) continue;
      const key = change.row === null ? null : plan.keyOf(change.row);
      if (change.old !== null) {
        const oldKey = plan.keyOf(change.old);
        if (oldKey !== key) this.#put({ pending: removedRow(plan.table, oldKey), values: null });
      }
      if (change.row === null || key === null) continue;
      const values = this.#fillUnsent(plan, key, change.row);
      this.#put({ pending: changedRow(plan, values, this.#context.readSourceRow), values });
    }
  }

  /** The rows since the last call, each once. */
  take(): PendingRow[] {
    const rows = [...this.#rows.values()].map((row) => row.pending);
    this.#rows = new Map();
    return rows;
  }

  get rowCount(): number {
    return this.#rows.size;
  }

  #put(row: { readonly pending: PendingRow; readonly values: readonly TupleValue[] | null }): void {
    const id = `${row.pending.table}\n${row.pending.key}`;
    this.#rows.delete(id);
    this.#rows.set(id, row);
  }

  /** An update of a row whose last update still waits here leaves large values as that one set them. */
  #fillUnsent(plan: RowPlan, key: string, row: readonly TupleValue[]): readonly TupleValue[] {
    if (!row.includes(undefined)) return row;
    const waiting = this.#rows.get(`${plan.table}\n${key}`)?.values ?? [];
    return row.map((value, index) => (value === undefined ? waiting[index] : value));
  }

  async #truncate(relation: Relation, writer: OplogWriter): Promise<void> {
    if (this.#planOf(relation) === null) return;
    await writer.write(this.take(), null);
    let after = '';
    for (;;) {
      const id = this.#context.tableIds.get(relation.name) ?? 0;
      const keys = await readLiveKeys(this.#context.db, id, after, 5000);
      const last = keys.at(-1);
      if (last === undefined) return;
      const gone = keys.map((key) => removedRow(relation.name, key));
      await writer.write(gone, null);
      after = last;
    }
  }

  #planOf(relation: Relation): RowPlan | null {
    const known = this.#plans.get(relation);
    if (known !== undefined) return known;
    const plan = this.#compile(relation);
    this.#plans.set(relation, plan);
    return plan;
  }

  #compile(relation: Relation): RowPlan | null {
    const { plan, tables, deployment } = this.#context;
    const table = tables.find((one) => one.name === relation.name);
    if (relation.schema !== 'public' || table === undefined) return null;
    const isSame =
      relation.oid === table.oid &&
      table.columns.every(({ name, typeOid }) =>
        relation.columns.some((column) => column.name === name && column.typeOid === typeOid),
      );
    if (!isSame) throw new ShapeChanged(`table ${relation.name} has changed its shape`);
    if (!table.keyColumns.every((key) => relation.columns.some(({ name, isKey }) => name === key && isKey)))
      throw new ShapeChanged(`table ${relation.name} has changed its replica identity`);
    return compileRowPlan(deployment, relation.name, plan, relation.columns, table.keyColumns);
  }
}
