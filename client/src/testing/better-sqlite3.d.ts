// The package brings no types; this is what our tests use of it.
declare module 'better-sqlite3' {
  class Statement {
    run(...params: unknown[]): unknown;
    all(...params: unknown[]): unknown[];
  }
  // biome-ignore lint/style/noDefaultExport: that is how the package exports it
  export default class Database {
    constructor(path: string);
    exec(sql: string): this;
    prepare(sql: string): Statement;
    transaction(run: () => void): () => void;
    close(): this;
  }
}
