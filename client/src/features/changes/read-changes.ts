import { type Change, ChangeAction, type FieldChange } from '@eventkit/proto/gen/eventkit/v1/audit_pb.ts';
import { type Instant, instantOfMicros } from '@eventkit/shared/kernel/instant.ts';

export type ShownField = {
  readonly name: string;
  /** Null where the record was made. */
  readonly before: string | null;
  /** Null where the record was removed. */
  readonly since: string | null;
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
  return { name, before: sayValue(oldJson), since: sayValue(newJson) };
}

/** Text as it is, everything else as JSON; cut to what a line holds. */
function sayValue(json: string): string | null {
  if (json === '') return null;
  const value: unknown = JSON.parse(json);
  const said = typeof value === 'string' ? value : value === null ? '–' : json;
  return said.length > SHOWN_LENGTH ? `${said.slice(0, SHOWN_LENGTH)}…` : said;
}
