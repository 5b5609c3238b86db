import { rowsOf } from '#operations/subject-state.ts';
import type { RowOf } from '#schema/row-types.ts';
import type { MemoryLedger } from './memory-ledger.ts';

type Fact = RowOf<'field_edits'>;
type Values = Readonly<Record<string, unknown>>;

/**
 * The rules of edited fields once more: each question (what stood there, who knew of it, was it deleted) is answered by
 * looking back from the fact that it is asked of, in place of one walk. `startOf` tells what a row was before its edits.
 */
export function editsOracle(facts: readonly Fact[], startOf: (rowId: string) => Values | null) {
  const conflicts: string[] = [];
  /** By row; null where it is deleted. */
  const fields: Record<string, Values | null> = {};
  for (const rowId of new Set(facts.map(({ row_id }) => row_id ?? ''))) {
    const own = facts.filter(({ row_id }) => row_id === rowId);
    const row = oracleOfRow(own, startOf(rowId), rowId);
    conflicts.push(...row.conflicts);
    fields[rowId] = row.isDeleted ? null : row.fields;
  }
  return { fields, conflicts: conflicts.sort() };
}

/** What the facts of a ledger in memory are, for the oracle. */
export function editFactsOf(ledger: MemoryLedger): Fact[] {
  return [...ledger.subjectsByKey.values()].flatMap((state) => rowsOf(state, 'field_edits'));
}

function oracleOfRow(own: readonly Fact[], start: Values | null, rowId: string) {
  const isBefore = (a: Fact, b: Fact) => orderKey(a) < orderKey(b);
  const all = own.filter(({ kind }) => kind !== 'undo').sort((a, b) => (isBefore(a, b) ? -1 : 1));
  const isTaken = (fact: Fact) =>
    own.some(
      ({ kind, undoes_operation_id, device_id }) =>
        kind === 'undo' && undoes_operation_id === fact.operation_id && device_id === fact.device_id,
    );
  const creation = all.find(({ kind }) => kind === 'create_row');
  const origin: Values = start ?? (JSON.parse(creation?.value ?? '{}') as Values);

  const editsOf = (field: string) =>
    all.filter((fact) => fact.kind === 'edit_fields' && fact.field === field);
  /** The edit that brought what stands before this one, or undefined. */
  const standingEdit = (field: string, before: Fact | null): Fact | undefined =>
    editsOf(field).findLast(
      (fact) =>
        (before === null || isBefore(fact, before)) &&
        !isTaken(fact) &&
        JSON.parse(fact.value ?? 'null') !== standing(field, fact),
    );
  const standing = (field: string, before: Fact | null): unknown => {
    const edit = standingEdit(field, before);
    return edit === undefined ? origin[field] : JSON.parse(edit.value ?? 'null');
  };
  const knew = (field: string, saw: unknown, at: Fact): boolean => {
    if (saw === standing(field, at)) return true;
    const since = standingEdit(field, at);
    return editsOf(field).some(
      (fact) =>
        isTaken(fact) &&
        isBefore(fact, at) &&
        (since === undefined || isBefore(since, fact)) &&
        JSON.parse(fact.value ?? 'null') === saw &&
        knew(field, JSON.parse(fact.saw ?? 'null'), fact),
    );
  };
  const lastOfLife = (before: Fact | null): Fact | undefined =>
    all.findLast(
      (fact) =>
        (before === null || isBefore(fact, before)) &&
        !isTaken(fact) &&
        (fact.kind === 'delete_row' || fact.kind === 'restore_row'),
    );
  const isUnmade = creation !== undefined && isTaken(creation);
  const isDeletedAt = (before: Fact | null): boolean => {
    const last = lastOfLife(before);
    return last === undefined ? isUnmade : last.kind === 'delete_row';
  };
  const changes = (fact: Fact) => JSON.parse(fact.value ?? 'null') !== standing(fact.field ?? '', fact);
  const fieldNames = [...new Set(all.flatMap(({ field }) => (field === null ? [] : [field])))];

  /** Edits that whoever deleted had not seen. */
  const unseenBy = (deletion: Fact): Fact[] =>
    Object.entries(JSON.parse(deletion.saw ?? '{}') as Values).flatMap(([field, saw]) => {
      const edit = standingEdit(field, deletion);
      return edit === undefined || knew(field, saw, deletion) ? [] : [edit];
    });
  const conflicts: string[] = [];
  for (const field of fieldNames) {
    for (const edit of editsOf(field)) {
      const saw = JSON.parse(edit.saw ?? 'null') as unknown;
      if (isTaken(edit) || !changes(edit) || knew(field, saw, edit) || isDeletedAt(edit)) continue;
      const kept = standing(field, edit);
      const isSettled = all.some((later) => {
        if (!isBefore(edit, later) || isTaken(later)) return false;
        if (later.kind === 'delete_row') return !isDeletedAt(later);
        if (later.kind !== 'edit_fields' || later.field !== field) return false;
        const seen = JSON.parse(later.saw ?? 'null') as unknown;
        return seen === kept || knew(field, seen, later);
      });
      conflicts.push(`same_field:${edit.id} ${isSettled ? 'settled' : 'open'}`);
    }
  }
  /** Each time that the row was gone: by what, and until when. */
  const deletions: (Fact | undefined)[] = [
    ...(isUnmade ? [creation] : []),
    ...all.filter(
      (fact) =>
        fact.kind === 'delete_row' && !isTaken(fact) && (!isDeletedAt(fact) || unseenBy(fact).length === 0),
    ),
  ];
  for (const [index, deletion] of deletions.entries()) {
    if (deletion === undefined) continue;
    const isCreation = deletion === creation;
    const from = isCreation ? '' : orderKey(deletion);
    const end = [
      ...deletions.slice(index + 1),
      all.find((fact) => fact.kind === 'restore_row' && !isTaken(fact) && orderKey(fact) > from),
    ]
      .flatMap((fact) => (fact === undefined ? [] : [orderKey(fact)]))
      .sort()[0];
    const meanwhile = all.some(
      (fact) =>
        fact.kind === 'edit_fields' &&
        !isTaken(fact) &&
        changes(fact) &&
        orderKey(fact) > from &&
        (end === undefined || orderKey(fact) < end),
    );
    const isFirst = isCreation || !isDeletedAt(deletion);
    if (meanwhile || (isFirst && !isCreation && unseenBy(deletion).length > 0)) {
      conflicts.push(`deleted_and_edited:${deletion.id} ${end === undefined ? 'open' : 'settled'}`);
    }
  }
  return {
    conflicts,
    fields: Object.fromEntries(fieldNames.map((field) => [field, standing(field, null)])),
    isDeleted: isDeletedAt(null),
    rowId,
  };
}

function orderKey({ effective_at, device_id, sequence, id }: Fact): string {
  return `${effective_at} ${device_id} ${String(sequence).padStart(16, '0')} ${id}`;
}
