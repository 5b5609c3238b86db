import {
  subjectLedgerNames,
  subjectLedgers,
  subjectTablesOf,
} from '@eventkit/shared/schema/subject-ledgers.ts';

/** Facts of an overlay that were laid there by one operation, and what each is about: an asset, or a subject key. */
const factOverlays: readonly { readonly overlay: string; subjectOf(alias: string): string }[] = [
  { overlay: 'movements_overlay', subjectOf: (alias) => `${alias}.asset_id` },
  ...subjectLedgerNames.map((ledger) => {
    const { facts } = subjectLedgers[ledger];
    const column = new Map<string, string>(subjectTablesOf(ledger)).get(facts);
    return {
      overlay: `${facts}_overlay`,
      subjectOf: (alias: string) => `'${ledger}:' || ${alias}.${column}`,
    };
  }),
];

/** A SELECT of what the guess of this operation (an SQL expression) is about. */
export function subjectsTouchedBy(operationId: string): string {
  return factOverlays
    .map(
      ({ overlay, subjectOf }) =>
        `SELECT ${subjectOf('mine')} AS subject FROM ${overlay} AS mine WHERE mine.pending_operation_id = ${operationId}`,
    )
    .join(' UNION ');
}

/** A SELECT of what the guess of this operation is about and that of another one too. */
export function subjectsSharedWithOthers(operationId: string): string {
  return factOverlays
    .map(
      ({ overlay, subjectOf }) => `
      SELECT ${subjectOf('mine')} AS subject FROM ${overlay} AS mine
        WHERE mine.pending_operation_id = ${operationId} AND EXISTS (
          SELECT 1 FROM ${overlay} AS other
            WHERE ${subjectOf('other')} = ${subjectOf('mine')} AND other.pending_operation_id <> ${operationId})`,
    )
    .join(' UNION ');
}
