import { DatabaseSync } from 'node:sqlite';
import { type Person, type SeenRow, type WorldRow, withoutNulls } from './seen-row.ts';

type Value = string | number | null;

/** What one stream is meant to show, said in SQL by a person rather than read from the configuration. */
export type Meaning = {
  readonly priority: number;
  readonly isDefault: boolean;
  /** Each with the table's name as its first column, called "table". */
  readonly selects: readonly string[];
};

/** Rows in SQLite, where plain statements say who sees what. */
export class SqlOracle {
  readonly #db = new DatabaseSync(':memory:');
  readonly #tables: readonly string[];

  constructor(columnsByTable: Readonly<Record<string, Readonly<Record<string, 'text' | 'integer'>>>>) {
    this.#tables = Object.keys(columnsByTable);
    for (const [table, columns] of Object.entries(columnsByTable)) {
      const list = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
      this.#db.exec(`CREATE TABLE "${table}" (${list.join(', ')}) STRICT`);
    }
  }

  fill(rows: readonly WorldRow[]): void {
    for (const table of this.#tables) this.#db.exec(`DELETE FROM "${table}"`);
    for (const { table, values } of rows) {
      const names = Object.keys(values);
      this.#db
        .prepare(`INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')})
          VALUES (${names.map(() => '?').join(', ')})`)
        .run(...Object.values(values));
    }
  }

  rowsOf(
    meaning: Readonly<Record<string, Meaning>>,
    { request }: Person,
    valuesFor: (parameters: unknown) => Readonly<Record<string, Value>>,
  ): SeenRow[] {
    return Object.entries(meaning).flatMap(([stream, { priority, isDefault, selects }]) => {
      const seen = new Map<
        string,
        { priority: number; table: string; data: object; because: (number | 'default')[] }
      >();
      const note = (place: number | 'default', urgency: number, parameters: unknown) => {
        for (const row of selects.flatMap((sql) => this.#select(sql, valuesFor(parameters)))) {
          const { table, ...data } = row;
          const key = JSON.stringify(row);
          const before = seen.get(key) ?? { priority: urgency, table: String(table), data, because: [] };
          seen.set(key, {
            ...before,
            priority: Math.min(before.priority, urgency),
            because: [...before.because, place],
          });
        }
      };
      if (isDefault && request.includeDefaults) note('default', priority, {});
      for (const [place, asked] of request.subscriptions.entries())
        if (asked.stream === stream) note(place, asked.priority ?? priority, asked.parameters);
      return [...seen.values()].map((row) => ({
        ...row,
        stream,
        data: withoutNulls(row.data as Record<string, unknown>),
      }));
    });
  }

  #select(sql: string, values: Readonly<Record<string, Value>>): Record<string, unknown>[] {
    const named = Object.entries(values).filter(([name]) => new RegExp(`:${name}\\b`).test(sql));
    return this.#db.prepare(sql).all(Object.fromEntries(named)) as Record<string, unknown>[];
  }
}
