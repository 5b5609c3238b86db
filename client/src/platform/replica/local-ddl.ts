import { overlaidTableNames } from '@eventkit/shared/schema/device-ddl.ts';
import { subjectLedgerNames, subjectTablesOf } from '@eventkit/shared/schema/subject-ledgers.ts';
import { type OverlaidTableName, syncedTables } from '@eventkit/shared/schema/synced-tables.ts';
import { subjectsSharedWithOthers, subjectsTouchedBy } from './touched-subjects.ts';

/**
 * The tables of a device that never leave it. No constraint here may be hurt by a trigger: a trigger that fails
 * inside a sync transaction stops every download for good.
 */
export const localTables: readonly string[] = [
  'CREATE TABLE IF NOT EXISTS device_state (key TEXT PRIMARY KEY NOT NULL, value TEXT)',
  // state: waiting | answered | kept_unread | not_taken. `operation` is the JSON of what `envelope` encodes.
  `CREATE TABLE IF NOT EXISTS outbox (
    sequence INTEGER PRIMARY KEY,
    operation_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    envelope BLOB NOT NULL,
    operation TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    verdict TEXT,
    reason TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_attempt_at TEXT,
    last_problem TEXT
  )`,
  // The queue is counted after each scan, however long it is and however large its operations are.
  'CREATE INDEX IF NOT EXISTS outbox_by_state ON outbox (state, recorded_at)',
  // What was meant, kept when the outbox lets go of it, so that a refusal can be shown and corrected.
  'CREATE TABLE IF NOT EXISTS settled_operations (operation_id TEXT, operation TEXT)',
  'CREATE INDEX IF NOT EXISTS settled_operations_by_operation_id ON settled_operations (operation_id)',
  // Assets (by id) and subjects (by key) whose pending operations have to be decided again.
  'CREATE TABLE IF NOT EXISTS dirty_subjects (subject TEXT)',
  'CREATE INDEX IF NOT EXISTS dirty_subjects_by_subject ON dirty_subjects (subject)',
  // Its name in earlier versions.
  'DROP TABLE IF EXISTS overlay_dirty',
  intoCase('movements_overlay'),
  undoing('movements_overlay'),
  // Files of attachments that lie on this device: its own until they have gone up, and others' that were looked at.
  // state: queued_upload | not_taken (the server would not have these bytes) | synced (it has them, or had).
  // The bytes come last: SQLite passes over them for whoever asks only for the rest.
  `CREATE TABLE IF NOT EXISTS attachment_queue (
    id TEXT PRIMARY KEY NOT NULL,
    operation_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    media_type TEXT NOT NULL,
    byte_size INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    taken_at TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_attempt_at TEXT,
    last_problem TEXT,
    kept_at TEXT NOT NULL,
    bytes BLOB NOT NULL
  )`,
  'CREATE INDEX IF NOT EXISTS attachment_queue_by_operation_id ON attachment_queue (operation_id)',
  'CREATE INDEX IF NOT EXISTS attachment_queue_by_state ON attachment_queue (state)',
];

/** Indexes of synced bulk tables that only a device wants; made together with those of the schema. */
export const localBulkIndexes: readonly string[] = [
  intoCase('movements'),
  undoing('movements'),
  `CREATE INDEX IF NOT EXISTS assets_based_in_case ON assets (baseline_id)
    WHERE baseline_kind = 'case' AND is_case = 1`,
  // What stands last is undone first, and refusals are counted after each scan: neither walks all that was ever done.
  'CREATE INDEX IF NOT EXISTS operations_by_epoch_and_sequence ON operations (epoch, sequence)',
  "CREATE INDEX IF NOT EXISTS operations_refused ON operations (id) WHERE verdict = 'refused'",
];

export const localViews: Readonly<Record<string, string>> = {
  own_operations: `
    SELECT operation_id AS id, operation ->> 'epoch' AS epoch, sequence, kind, recorded_at, recorded_by,
           operation -> 'intent' AS intent, state, verdict, reason, attempts, last_attempt_at, last_problem
      FROM outbox
    UNION ALL
    SELECT operations.id, operations.epoch, operations.sequence, operations.kind, operations.recorded_at,
           operations.recorded_by, settled_operations.operation -> 'intent', 'settled', operations.verdict,
           operations.reason, NULL, NULL, NULL
      FROM operations LEFT JOIN settled_operations ON settled_operations.operation_id = operations.id`,
  // What each code leads to now: what its label says, or else the asset whose own code it is.
  codes: `
    SELECT value AS code, asset_id, location_id FROM labels_now
    UNION ALL
    SELECT code, id, NULL FROM assets WHERE NOT EXISTS (SELECT 1 FROM labels_now WHERE labels_now.value = assets.code)`,
  // Those of the server, and above them what this device took and the server does not know of yet.
  attachments_now: `
    SELECT id, operation_id, kind, width, height, taken_at, uploaded_at,
           EXISTS (SELECT 1 FROM attachment_queue WHERE attachment_queue.id = attachments.id) AS is_here
      FROM attachments
    UNION ALL
    SELECT id, operation_id, kind, width, height, taken_at, NULL, 1 FROM attachment_queue
     WHERE state <> 'synced' AND NOT EXISTS (SELECT 1 FROM attachments WHERE attachments.id = attachment_queue.id)`,
};

/** Each fires inside the transaction in which PowerSync applies what came down. */
export const localTriggers: Readonly<Record<string, string>> = {
  ...forEach(['INSERT', 'UPDATE'], (event) => [`operations_settle_${event}`, settle(event)]),
  ...dirtyMarksOn((table) => !syncedTables[table].isBulk),
};

/** Those that ask at each row of a bulk table; made together with the indexes of these. */
export const localBulkTriggers: Readonly<Record<string, string>> = dirtyMarksOn(
  (table) => syncedTables[table].isBulk,
);

function dirtyMarksOn(isWanted: (table: OverlaidTableName) => boolean): Record<string, string> {
  const marks: readonly (readonly [OverlaidTableName, Record<string, string>])[] = [
    ['assets', markDirtyOn('assets', 'id', (row) => `${row}.id`)],
    // An asset that lost a movement by a guess has none of its own in the overlay.
    ['movements', markDirtyOn('movements', 'asset_id', (row) => `${row}.asset_id`, 'assets_overlay')],
    ['movements', markAssetsLeftDirty()],
    ['movements', markPacksDirty()],
    ['movements', markReadingsDirty('movements', 'code', 'label_facts_overlay', 'value')],
    ['label_facts', markReadingsDirty('label_facts', 'value', 'movements_overlay', 'code')],
    ...subjectLedgerNames.flatMap((ledger) =>
      subjectTablesOf(ledger).map(
        ([table, column]) =>
          [table, markDirtyOn(table, column, (row) => `'${ledger}:' || ${row}.${column}`)] as const,
      ),
    ),
  ];
  return Object.assign({}, ...marks.filter(([table]) => isWanted(table)).map(([, triggers]) => triggers));
}

type TriggerEvent = 'INSERT' | 'UPDATE' | 'DELETE';

/**
 * The verdict of an operation came down: its guess goes, and guesses that were built on it are looked at again, since the
 * server may have seen it otherwise: those that share a subject with it, and, as cases lie in cases, those about another
 * where it was refused. (Where it was not, its movement comes down and says so.)
 */
function settle(event: TriggerEvent): string {
  return `AFTER ${event} ON operations BEGIN
    DELETE FROM dirty_subjects WHERE subject IN (${subjectsTouchedBy('NEW.id')});
    INSERT INTO dirty_subjects (subject) ${subjectsSharedWithOthers('NEW.id')};
    INSERT INTO dirty_subjects (subject)
      SELECT other.asset_id FROM movements_overlay AS mine JOIN movements_overlay AS other
        ON mine.pending_operation_id = NEW.id AND other.pending_operation_id <> NEW.id
        WHERE NEW.verdict = 'refused' AND ${isAboutCase('mine')} AND ${isAboutCase('other')};
    INSERT INTO settled_operations (operation_id, operation)
      SELECT operation_id, operation FROM outbox WHERE operation_id = NEW.id;
    DELETE FROM outbox WHERE operation_id = NEW.id;
    ${overlaidTableNames.map((name) => `DELETE FROM ${name}_overlay WHERE pending_operation_id = NEW.id;`).join('\n    ')}
  END`;
}

/** A row below a guess changed. */
function markDirtyOn(
  table: OverlaidTableName,
  column: string,
  subjectOf: (row: 'OLD' | 'NEW') => string,
  beside?: 'assets_overlay',
): Record<string, string> {
  return forEach(['INSERT', 'UPDATE', 'DELETE'], (event) => {
    const row = event === 'DELETE' ? 'OLD' : 'NEW';
    const subject = `${row}.${column}`;
    const orBeside = beside === undefined ? '' : `OR EXISTS (SELECT 1 FROM ${beside} WHERE id = ${subject})`;
    return [
      `${table}_dirty_${event}`,
      `AFTER ${event} ON ${table}
        WHEN EXISTS (SELECT 1 FROM ${table}_overlay WHERE ${column} = ${subject}) ${orBeside} BEGIN
        INSERT INTO dirty_subjects (subject) VALUES (${subjectOf(row)});
      END`,
    ];
  });
}

/**
 * What a label was told to be on changes what was read by it, and the other way round: a guess about the one is looked at
 * again when a row of the other comes down.
 */
function markReadingsDirty(
  table: OverlaidTableName,
  column: string,
  overlay: string,
  overlayColumn: string,
): Record<string, string> {
  return forEach(['INSERT', 'UPDATE', 'DELETE'], (event) => {
    const row = event === 'DELETE' ? 'OLD' : 'NEW';
    return [
      `${table}_readings_dirty_${event}`,
      `AFTER ${event} ON ${table}
        WHEN EXISTS (SELECT 1 FROM ${overlay} WHERE ${overlayColumn} = ${row}.${column}) BEGIN
        INSERT INTO dirty_subjects (subject) VALUES ('labels:' || ${row}.${column});
      END`,
    ];
  });
}

/** An asset that a movement turned out not to be about is looked at too. */
function markAssetsLeftDirty(): Record<string, string> {
  return {
    movements_left: `AFTER UPDATE ON movements
      WHEN OLD.asset_id IS NOT NEW.asset_id
        AND EXISTS (SELECT 1 FROM movements_overlay WHERE asset_id = OLD.asset_id) BEGIN
      INSERT INTO dirty_subjects (subject) VALUES (OLD.asset_id);
    END`,
  };
}

/**
 * [LG12] Where a case lies decides whether something may lie in it: a guess about a case, or that packs into one, is looked
 * at again when a fact about any case comes down, however many cases are between the two.
 */
function markPacksDirty(): Record<string, string> {
  return forEach(['INSERT', 'UPDATE', 'DELETE'], (event) => {
    const row = event === 'DELETE' ? 'OLD' : 'NEW';
    return [
      `movements_packs_dirty_${event}`,
      `AFTER ${event} ON movements
        WHEN EXISTS (SELECT 1 FROM movements_overlay)
          AND ${isAboutCase(row)} BEGIN
        INSERT INTO dirty_subjects (subject)
          SELECT to_id FROM movements_overlay WHERE to_kind = 'case'
          UNION SELECT asset_id FROM movements_overlay AS guess WHERE ${isAboutCase('guess')};
      END`,
    ];
  });
}

function isAboutCase(movement: string): string {
  return `EXISTS (SELECT 1 FROM assets WHERE assets.id = ${movement}.asset_id AND is_case = 1)`;
}

/** How the undo of what was read is found without reading every movement. */
function undoing(table: 'movements' | 'movements_overlay'): string {
  return `CREATE INDEX IF NOT EXISTS ${table}_undoing ON ${table} (undoes_operation_id)
    WHERE undoes_operation_id IS NOT NULL`;
}

/** How the cases linked to a case are found without reading every movement. */
function intoCase(table: 'movements' | 'movements_overlay'): string {
  return `CREATE INDEX IF NOT EXISTS ${table}_into_case ON ${table} (to_id) WHERE to_kind = 'case'`;
}

function forEach(
  events: readonly TriggerEvent[],
  entryOf: (event: TriggerEvent) => [string, string],
): Record<string, string> {
  return Object.fromEntries(events.map(entryOf));
}
