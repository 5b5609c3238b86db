import type { ConflictId, EventId, MovementId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Conflict } from '#ledger/conflict.ts';
import type { LedgerRow } from '#operations/subject-state.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import type { EditFact } from './edit-fact.ts';
import type { EditableTableName, FieldValue } from './editable-tables.ts';

/** What an edit made a field that it did not know to be another, or to be gone. */
export type KeptEdit = { readonly field: string; readonly value: FieldValue };

/** What the words of a conflict about a row need; `kept` is what one touch takes. */
export type EditConflictDetail = {
  readonly table: EditableTableName;
  readonly rowId: string;
  readonly kept: readonly KeptEdit[];
  /** What the field became; absent where the row is deleted. */
  readonly stands?: FieldValue;
};

type Entry = { conflict: Conflict; readonly field: string | null; readonly kept: FieldValue };

/** [FE5] [FE6] [FE9] The conflicts of one row while its facts are walked through. */
export function createConflictBook(row: {
  readonly table: EditableTableName;
  readonly rowId: string;
  readonly columns: Omit<LedgerRow, 'id'>;
}) {
  const entries: Entry[] = [];
  const eventId = (row.table === 'events' ? row.rowId : (row.columns['event_id'] ?? null)) as EventId | null;

  const settle = (entry: Entry, by: EditFact) => {
    if (entry.conflict.status === 'settled') return;
    entry.conflict = { ...entry.conflict, status: 'settled', settledByMovementId: by.id as MovementId };
  };
  const add = (
    conflict: Pick<Conflict, 'id' | 'class' | 'firstMovementId'>,
    second: EditFact,
    entry: Pick<Entry, 'field' | 'kept'>,
    detail: Pick<EditConflictDetail, 'kept' | 'stands'>,
  ) => {
    entries.push({
      ...entry,
      conflict: {
        ...conflict,
        status: 'open',
        assetId: null,
        otherAssetId: null,
        secondMovementId: second.id as MovementId,
        settledByMovementId: null,
        operationId: null,
        eventId,
        code: null,
        subject: subjectKey({ ledger: 'edits', id: row.rowId }),
        detail: detailText(detail),
        openedAt: second.effective_at as Instant,
      },
    });
  };
  const detailText = (detail: Pick<EditConflictDetail, 'kept' | 'stands'>) =>
    JSON.stringify({ table: row.table, rowId: row.rowId, ...detail } satisfies EditConflictDetail);

  return {
    /** [FE5] The later edit did not know what stood there. */
    open(
      field: string,
      claim: {
        readonly first: EditFact | null;
        readonly kept: FieldValue;
        readonly second: EditFact;
        readonly value: FieldValue;
      },
    ): void {
      const { first, kept, second, value } = claim;
      add(
        {
          id: `same_field:${second.id}` as ConflictId,
          class: 'same_field',
          firstMovementId: (first?.id ?? null) as MovementId | null,
        },
        second,
        { field, kept },
        { kept: [{ field, value: kept }], stands: value },
      );
    },

    /** [FE6] Somebody who knew what stood there has decided. */
    settleField(field: string, by: EditFact): void {
      for (const entry of entries) if (entry.field === field) settle(entry, by);
    },

    /** [FE6] Whoever had said what was kept says something else now. */
    settleKept(field: string, kept: FieldValue, by: EditFact): void {
      for (const entry of entries) if (entry.field === field && entry.kept === kept) settle(entry, by);
    },

    /** [FE9] Deleted stays deleted; what was said without knowing of it is kept. */
    keepForDeletion(deletion: EditFact | null, { field, value, fact }: KeptEdit & { fact: EditFact }): void {
      const id = `deleted_and_edited:${deletion?.id ?? row.rowId}` as ConflictId;
      const known = entries.findIndex(({ conflict }) => conflict.id === id);
      const before = entries[known];
      if (before === undefined) {
        const conflict = { id, class: 'deleted_and_edited' as const };
        const firstMovementId = (deletion?.id ?? null) as MovementId | null;
        add(
          { ...conflict, firstMovementId },
          fact,
          { field: null, kept: null },
          { kept: [{ field, value }] },
        );
        return;
      }
      const { kept } = JSON.parse(before.conflict.detail ?? '{}') as EditConflictDetail;
      const others = kept.filter((one) => one.field !== field);
      before.conflict = {
        ...before.conflict,
        status: 'open',
        settledByMovementId: null,
        secondMovementId: fact.id as MovementId,
        detail: detailText({ kept: [...others, { field, value }] }),
      };
    },

    /** [FE9] Brought back, or deleted once more by somebody who had seen the edits. */
    settleDeletion(by: EditFact): void {
      for (const entry of entries) if (entry.field === null) settle(entry, by);
    },

    conflicts: (): readonly Conflict[] => entries.map(({ conflict }) => conflict),
  };
}
