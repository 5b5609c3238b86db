import type { OverlaidTableName } from './synced-tables.ts';

/**
 * A ledger whose facts are not about one asset but about a subject of another kind: a stock of cable, a label, a
 * stocktake. All rows of a subject are loaded, locked, folded and decided again together; executors know no more of
 * it than is said here. Its tables have no boolean columns, and the facts table has those of `factColumns`.
 */
export type SubjectLedgerTables = {
  /** PostgreSQL's type of the subject's id. */
  readonly idType: 'text' | 'uuid';
  readonly facts: OverlaidTableName;
  /** Every table of the ledger, the facts among them, with the column that names the subject. */
  readonly subjectColumns: { readonly [Table in OverlaidTableName]?: string };
  /** Tables whose rows PostgreSQL keeps, marked as deleted, when they go. */
  readonly keepsDeleted?: readonly OverlaidTableName[];
  /** What the ledger keeps for itself: a change of it is none that people see. */
  readonly bookkeeping?: OverlaidTableName;
};

export const subjectLedgers = {
  /** Subject: the stock of one product at one place, `<product id>:<place kind>:<place id>`. */
  bulk: {
    idType: 'text',
    facts: 'bulk_movements',
    subjectColumns: { bulk_movements: 'stock_id', bulk_stock: 'id' },
  },
  /** Subject: a row whose fields people edit, by its id; see `editableTables`. */
  edits: {
    idType: 'uuid',
    facts: 'field_edits',
    subjectColumns: {
      field_edits: 'row_id',
      edited_rows: 'id',
      events: 'id',
      pull_lists: 'id',
      pull_list_lines: 'id',
    },
    // What devices cannot delete is none of theirs to hide: an event in the trash takes edits like any other.
    keepsDeleted: ['pull_list_lines'],
    bookkeeping: 'edited_rows',
  },
  /** Subject: a vehicle, `<vehicle id>`, or what it carries for an event, `<vehicle id>:<event id>`. */
  transport: {
    idType: 'text',
    facts: 'transport_facts',
    subjectColumns: { transport_facts: 'subject_id', vehicle_states: 'id', truck_packs: 'id' },
  },
  /** Subject: a code that is, or was, on a label. */
  labels: {
    idType: 'text',
    facts: 'label_facts',
    subjectColumns: { label_facts: 'value', labels: 'value' },
  },
  /** Subject: an asset at an event, `<event id>:<asset id>`, and the line that it fills in place of something else. */
  fillings: {
    idType: 'text',
    facts: 'line_filling_facts',
    subjectColumns: { line_filling_facts: 'filling_id', line_fillings: 'id' },
  },
  /** Subject: a stocktake, named by the operation that opened it. */
  stocktake: {
    idType: 'uuid',
    facts: 'stocktake_facts',
    subjectColumns: { stocktake_facts: 'stocktake_id', stocktakes: 'id' },
  },
  /** Subject: one line of a stocktake, see `lineIdOf`. Lines are apart so that a count does not touch all others. */
  count: {
    idType: 'text',
    facts: 'count_facts',
    subjectColumns: { count_facts: 'line_id', count_lines: 'id' },
  },
} as const satisfies Readonly<Record<string, SubjectLedgerTables>>;

export type SubjectLedgerName = keyof typeof subjectLedgers;
export type SubjectTableName = {
  [Name in SubjectLedgerName]: keyof (typeof subjectLedgers)[Name]['subjectColumns'];
}[SubjectLedgerName];

export const subjectLedgerNames = Object.keys(subjectLedgers) as readonly SubjectLedgerName[];

/** True for a table whose rows PostgreSQL keeps, marked as deleted. */
export function keepsDeleted(name: SubjectLedgerName, table: SubjectTableName): boolean {
  const { keepsDeleted: kept }: SubjectLedgerTables = subjectLedgers[name];
  return kept?.includes(table) ?? false;
}

/** True for the facts of a ledger and what it keeps for itself: people see neither. */
export function isUnseen(name: SubjectLedgerName, table: SubjectTableName): boolean {
  const { facts, bookkeeping }: SubjectLedgerTables = subjectLedgers[name];
  return table === facts || table === bookkeeping;
}

/** The tables of a ledger with the column that names the subject. */
export function subjectTablesOf(name: SubjectLedgerName): readonly [SubjectTableName, string][] {
  return Object.entries(subjectLedgers[name].subjectColumns) as [SubjectTableName, string][];
}

/** Every table of every ledger. */
export const subjectTableNames = subjectLedgerNames.flatMap((name) =>
  subjectTablesOf(name).map(([table]) => table),
);

/** The column of a ledger's table that names the subject. */
export function subjectColumnOf(name: SubjectLedgerName, table: OverlaidTableName): string {
  const { subjectColumns }: SubjectLedgerTables = subjectLedgers[name];
  const column = subjectColumns[table];
  if (column === undefined) throw new Error(`${table} is no table of the ledger ${name}`);
  return column;
}

/** Which subject of which ledger. */
export type Subject = { readonly ledger: SubjectLedgerName; readonly id: string };

/** The text that stands for a subject where it is locked, marked and named by conflicts. */
export function subjectKey({ ledger, id }: Subject): string {
  return `${ledger}:${id}`;
}
