import pg from 'pg';
import { pgTypes } from './pg-types.ts';

/** A statement as `query` of the driver takes it. */
export type Statement = string | pg.QueryConfig;

/** What the driver calls on the query whose answer arrives, and what a query calls to send itself; not in its types. */
type DriverQuery = pg.Query & {
  name: string | undefined;
  text: string;
  _result: { _types: unknown };
  prepare(connection: DriverConnection): void;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: DriverConnection): void;
  handleEmptyQuery(connection: DriverConnection): void;
  handleError(error: Error, connection: DriverConnection): void;
  handleReadyForQuery(connection: DriverConnection): void;
};

type DriverConnection = {
  readonly stream: { cork(): void; uncork(): void; destroy(): void };
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  sync(): void;
};

/**
 * Several statements with one Sync after the last: for PostgreSQL they are one transaction that needs no BEGIN and no COMMIT,
 * answered in one go (protocol "Pipelining": what is sent before a Sync is an implicit transaction block). All are settled
 * when it is committed; where one fails nothing of them stays, and all reject with its error.
 *
 * The driver has one Sync for each statement. To it this is one query, which hands what arrives to the statement it is of.
 */
export class OneSyncQuery extends pg.Query {
  declare name: string | undefined;
  declare text: string;
  readonly #parts: DriverQuery[] = [];
  /** The one that is being answered. */
  #at = 0;
  /** Of the first that has failed: all fail with it. */
  #failure: Error | null = null;

  constructor() {
    super('');
  }

  /** To be called before it is submitted. */
  add<Row extends pg.QueryResultRow>(statement: Statement, values?: unknown[]): Promise<pg.QueryResult<Row>> {
    const { promise, resolve, reject } = Promise.withResolvers<pg.QueryResult<Row>>();
    const part = new pg.Query(statement, values, (error, result) => {
      this.#failure ??= error ?? null;
      if (error) reject(error);
      else resolve(result as unknown as pg.QueryResult<Row>);
    }) as DriverQuery;
    part._result._types = pgTypes;
    this.#parts.push(part);
    return promise;
  }

  override submit = (given: unknown): Error | null => {
    const connection = given as DriverConnection;
    const other = this.#parts.find(
      ({ name = '', text }) => text !== (connection.parsedStatements[name] ?? text),
    );
    if (other !== undefined) return new Error(`${other.name} is the name of another statement`);
    const withoutSync: DriverConnection = Object.create(connection, { sync: { value: () => undefined } });
    connection.stream.cork();
    for (const part of this.#parts) part.prepare(withoutSync);
    // A value that cannot be sent: the others must not be committed without its statement.
    if (this.#failure !== null) connection.stream.destroy();
    else connection.sync();
    connection.stream.uncork();
    this.#take(0);
    return null;
  };

  handleRowDescription(message: unknown): void {
    this.#part?.handleRowDescription(message);
  }

  handleDataRow(message: unknown): void {
    this.#part?.handleDataRow(message);
  }

  handleCommandComplete(message: unknown, connection: DriverConnection): void {
    this.#part?.handleCommandComplete(message, connection);
    this.#take(this.#at + 1);
  }

  handleEmptyQuery(): void {
    this.#take(this.#at + 1);
  }

  handleError(error: Error, connection: DriverConnection): void {
    // PostgreSQL skipped what comes after: it does not know those statements by their names.
    for (const { name } of this.#parts.slice(this.#at))
      if (name !== undefined) delete connection.submittedNamedStatements[name];
    const failure = this.#failure ?? error;
    for (const part of this.#parts) part.handleError(failure, connection);
  }

  handleReadyForQuery(connection: DriverConnection): void {
    for (const part of this.#parts) part.handleReadyForQuery(connection);
  }

  get #part(): DriverQuery | undefined {
    return this.#parts[this.#at];
  }

  /** The driver notes what is parsed by name and text of the query that is answered. */
  #take(at: number): void {
    this.#at = at;
    this.name = this.#part?.name;
    this.text = this.#part?.text ?? '';
  }
}
