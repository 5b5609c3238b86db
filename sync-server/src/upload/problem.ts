/** Why an operation was kept without being understood or applied. */
export type ProblemKind =
  | 'unreadable'
  | 'other_id_inside'
  | 'other_device_inside'
  | 'unknown_person'
  | 'same_id_other_content'
  | 'same_sequence_other_id'
  | 'failed'
  /** Handed in by a device that is shut out: somebody has to look at it first. */
  | 'device_shut_out';

export type Problem = {
  readonly kind: ProblemKind;
  /** For people who look into it; null where the kind says it all. */
  readonly detail: string | null;
};

const DETAIL_LENGTH = 500;

/** One line for people. The detail may quote damaged bytes: what PostgreSQL cannot store in text is left out. */
export function describeProblem({ kind, detail }: Problem): string {
  if (detail === null) return kind;
  return `${kind}: ${detail.toWellFormed().replaceAll('\0', '').slice(0, DETAIL_LENGTH).toWellFormed()}`;
}
