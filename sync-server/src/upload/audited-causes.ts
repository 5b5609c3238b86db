import type { Cause, Change } from './plan-waves.ts';

/** For the audit trail: whose operation changed which row. */
export function causesOf(changes: readonly Change<{ readonly id: string }>[]): string {
  return JSON.stringify(Object.fromEntries(changes.map(({ row, cause }) => [row.id, auditedCause(cause)])));
}

function auditedCause({ operationId, recordedBy }: Cause): readonly [string, string] {
  return [operationId, recordedBy];
}

/** Tells the audit trail of a statement, within the statement: it reads this when the statement is done. */
export const NAME_CAUSES = `(SELECT set_config('eventkit.causes', $3, true)) AS causes`;
