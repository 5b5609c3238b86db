import { lookupName } from '#config/sync-plan.ts';
import type { Queryable } from '#oplog/oplog-store.ts';
import { readCurrentLookups, writeLookups } from './lookup-store.ts';
import type { Lookups } from './lookups.ts';
import { type LookupChanges, type LookupRow, planLookups } from './plan-lookups.ts';

type FoundRow = { readonly table: string; readonly key: string; readonly lookups: readonly LookupRow[] };

/** More changes at once than this are told to everybody rather than remembered one by one. */
const changesRemembered = 10_000;

/** The writer's part that keeps what lookups find, in the writer's transactions. */
export class LookupWriter {
  readonly #db: Queryable;
  readonly #lookups: Lookups;
  /** Tables in which something is looked up, with their numbers. */
  readonly #tableIds: ReadonlyMap<string, number>;
  #changed: Set<string> | null = new Set();

  constructor(db: Queryable, lookups: Lookups, tableIds: ReadonlyMap<string, number>) {
    this.#db = db;
    this.#lookups = lookups;
    this.#tableIds = tableIds;
  }

  /** What these rows change; null when nothing. Rows known to be new need no look at what is stored. */
  async plan(rows: readonly FoundRow[], areNew: boolean): Promise<LookupChanges | null> {
    const looked = rows.filter((row) => this.#tableIds.has(row.table));
    if (looked.length === 0) return null;
    const stored = areNew
      ? []
      : await readCurrentLookups(this.#db, {
          tableIds: looked.map((row) => this.#idOf(row.table)),
          keys: looked.map((row) => row.key),
        });
    const byRow = Map.groupBy(stored, (row) => `${row.tableId}\n${row.sourceKey}`);
    const changes = planLookups(looked, (table, key) => byRow.get(`${this.#idOf(table)}\n${key}`) ?? []);
    return changes.added.length + changes.removed.length === 0 ? null : changes;
  }

  /** In a transaction that is open. `head`: what readers have now; null when there can be none. */
  async write(changes: LookupChanges, opId: number, head: number | null): Promise<void> {
    const horizon = head === null ? 0 : this.#lookups.horizon(head);
    await writeLookups(this.#db, changes, { opId, horizon }, (table) => this.#idOf(table));
    for (const { lookup, key } of [...changes.removed, ...changes.added])
      this.#changed?.add(lookupName(lookup, key));
    if (this.#changed !== null && this.#changed.size > changesRemembered) this.#changed = null;
  }

  /** What was written is in the head that readers are about to be given. */
  publish(): void {
    this.#lookups.publish(this.#changed);
    this.#changed = new Set();
  }

  #idOf(table: string): number {
    const id = this.#tableIds.get(table);
    if (id === undefined) throw new Error(`nothing is looked up in table ${table}`);
    return id;
  }
}
