/** What becomes of a row for everybody: its content in some bucket, or null where it leaves one. */
type Visible = { readonly table: string; readonly rowId: string; readonly data: string | null };

/**
 * Rows of a few tables that devices do not see any more, e.g. devices that were revoked and users that were
 * deactivated. A row that was never seen is not among them: news of it may be on its way.
 */
export class Departures {
  readonly #tables: ReadonlySet<string>;
  #gone = new Set<string>();
  /** Of rows in what is not published yet: whether they are gone after it. */
  #staged = new Map<string, boolean>();
  readonly #listeners = new Set<() => void>();

  constructor(tables: Iterable<string>) {
    this.#tables = new Set(tables);
  }

  get tables(): ReadonlySet<string> {
    return this.#tables;
  }

  has(table: string, rowId: string): boolean {
    return this.#gone.has(`${table}/${rowId}`);
  }

  /** Forgets what was known, and takes over what the database holds. */
  restore(rows: Iterable<{ readonly table: string; readonly rowId: string }>): void {
    this.#gone = new Set([...rows].map(({ table, rowId }) => `${table}/${rowId}`));
    this.#staged = new Map();
    this.#tell();
  }

  /** What `publish` will tell. In the order of their numbers: a row that changes its bucket leaves one, then enters another. */
  stage(ops: Iterable<Visible>): void {
    for (const { table, rowId, data } of ops) {
      if (this.#tables.has(table)) this.#staged.set(`${table}/${rowId}`, data === null);
    }
  }

  publish(): void {
    let hasNews = false;
    for (const [row, isGone] of this.#staged) {
      if (isGone) this.#gone.add(row);
      else this.#gone.delete(row);
      hasNews ||= isGone;
    }
    this.#staged = new Map();
    if (hasNews) this.#tell();
  }

  /** Calls whenever a row has left. */
  listen(onDeparture: () => void): () => void {
    this.#listeners.add(onDeparture);
    return () => this.#listeners.delete(onDeparture);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
