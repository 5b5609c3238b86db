import {
  subjectColumnOf,
  subjectLedgerNames,
  subjectLedgers,
} from '@eventkit/shared/schema/subject-ledgers.ts';

/** Rows laid into an overlay, and the column that says what each is about. */
type Laid = { readonly overlay: string; readonly column: string };

/**
 * What a guess can be about, by the prefix of its subjects, and the overlays that speak of it: an asset (by its id), or
 * one of a subject ledger. What was read is about the label too. An asset that a movement turned out not to be about has
 * none of it any more, and still its state depends on the guess.
 */
const overlaysByPrefix: readonly (readonly [string, readonly Laid[]])[] = [
  [
    '',
    [
      { overlay: 'movements_overlay', column: 'asset_id' },
      { overlay: 'assets_overlay', column: 'id' },
    ],
  ],
  ...subjectLedgerNames.map((ledger) => {
    const { facts } = subjectLedgers[ledger];
    const column = subjectColumnOf(ledger, facts);
    const readings = ledger === 'labels' ? [{ overlay: 'movements_overlay', column: 'code' }] : [];
    return [`${ledger}:`, [{ overlay: `${facts}_overlay`, column }, ...readings]] as const;
  }),
];

/** A SELECT of what the guess of this operation (an SQL expression) is about. */
export function subjectsTouchedBy(operationId: string): string {
  return selectMine(operationId, () => '');
}

/** A SELECT of what the guess of this operation is about and that of another one too. */
export function subjectsSharedWithOthers(operationId: string): string {
  return selectMine(operationId, ({ column }, beside) => {
    const shared = beside.map(
      (other) =>
        `EXISTS (SELECT 1 FROM ${other.overlay} AS other
          WHERE other.${other.column} = mine.${column} AND other.pending_operation_id <> ${operationId})`,
    );
    return `AND (${shared.join(' OR ')})`;
  });
}

/** Marks all that pending operations are about, so that each guess is made anew. */
export const MARK_ALL_PENDING = `INSERT INTO dirty_subjects (subject)
  SELECT DISTINCT touched.value FROM outbox,
    json_each((SELECT json_group_array(subject) FROM (${subjectsTouchedBy('outbox.operation_id')}))) AS touched`;

function selectMine(operationId: string, condition: (mine: Laid, beside: readonly Laid[]) => string): string {
  return overlaysByPrefix
    .flatMap(([prefix, overlays]) =>
      overlays.map(
        (mine) => `
      SELECT '${prefix}' || mine.${mine.column} AS subject FROM ${mine.overlay} AS mine
        WHERE mine.pending_operation_id = ${operationId} AND mine.${mine.column} IS NOT NULL
          ${condition(mine, overlays)}`,
      ),
    )
    .join(' UNION ');
}
