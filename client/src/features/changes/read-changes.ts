import { type Change, ChangeAction, type FieldChange } from '@eventkit/proto/gen/eventkit/v1/audit_pb.ts';
import type { FieldValue } from '@eventkit/shared/edits/editable-tables.ts';
import { type Instant, instantOfMicros } from '@eventkit/shared/kernel/instant.ts';

export type ShownField = {
  readonly name: string;
  /** Null where the record was made. */
  readonly before: string | null;
  /** Null where the record was removed. */
  readonly since: string | null;
  /** What it was before; undefined where there was nothing, or more than one value. */
  readonly earlier: FieldValue | undefined;
};

export type ShownChange = {
  readonly key: string;
  readonly at: Instant;
  readonly tableName: string;
  readonly rowId: string;
  readonly action: 'insert' | 'update' | 'delete';
  readonly fields: readonly ShownField[];
  /** Empty where it was the system. */
  readonly userName: string;
  readonly deviceName: string;
};

/** What people call the record by this change, or its id. */
export function nameOf({ fields, rowId }: Pick<ShownChange, 'fields' | 'rowId'>): string {
  const name = fields.find((field) => field.name === 'name' || field.name === 'code');
  return name?.since ?? name?.before ?? rowId;
}

/** Longer values are cut where they are shown. */
const SHOWN_LENGTH = 80;

export function readChange(change: Change): ShownChange {
  return {
    key: `${change.atMicros} ${change.tableName} ${change.rowId} ${change.operationId} ${change.action}`,
    at: instantOfMicros(change.atMicros),
    tableName: change.tableName,
    rowId: change.rowId,
    action: actionOf(change.action),
    fields: change.fields.map(readField).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    userName: change.userName,
    deviceName: change.deviceName,
  };
}

function actionOf(action: ChangeAction): ShownChange['action'] {
  if (action === ChangeAction.INSERT) return 'insert';
  return action === ChangeAction.DELETE ? 'delete' : 'update';
}

function readField({ name, oldJson, newJson }: FieldChange): ShownField {
  return { name, before: sayValue(oldJson), since: sayValue(newJson), earlier: readValue(oldJson) };
}

function readValue(json: string): FieldValue | undefined {
  if (json === '') return undefined;
  const value: unknown = JSON.parse(json);
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return undefined;
}

/** Text as it is, everything else as JSON; cut to what a line holds. */
function sayValue(json: string): string | null {
  if (json === '') return null;
  const value: unknown = JSON.parse(json);
  const said = typeof value === 'string' ? value : value === null ? '–' : json;
  return said.length > SHOWN_LENGTH ? `${said.slice(0, SHOWN_LENGTH)}…` : said;
}
