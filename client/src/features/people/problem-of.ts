import { refusalOf } from '#platform/rpc/refusal-of.ts';

const reasons = [
  'email_taken',
  'email_of_deactivated',
  'role_name_taken',
  'role_held',
  'own_account',
  'last_admin',
  'person_deactivated',
  'already_signed_in',
  'not_found',
  'not_permitted',
] as const;

export type PeopleProblem = {
  /** Key of the words. */
  readonly problem: (typeof reasons)[number] | 'name' | 'email' | 'other';
  /** The field that it is shown beside; null: below all of them. */
  readonly field: 'name' | 'email' | null;
  readonly names: string;
};

/** What to say of a call that was not done. */
export function problemOf(error: unknown): PeopleProblem {
  const refusal = refusalOf(error);
  const names = refusal?.holderNames.join(', ') ?? '';
  for (const field of ['name', 'email'] as const)
    if (refusal?.rulesByField.has(field) === true) return { problem: field, field, names };
  const problem = reasons.find((reason) => reason === refusal?.reason) ?? 'other';
  const field = refusal?.field === 'name' || refusal?.field === 'email' ? refusal.field : null;
  return { problem, field, names };
}
