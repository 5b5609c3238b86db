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

/** The fields that forms about people and roles have. */
const fields = ['name', 'email', 'role', 'permissions'] as const;
export type PeopleField = (typeof fields)[number];

export type PeopleProblem = {
  /** Key of the words. */
  readonly problem: (typeof reasons)[number] | PeopleField | 'other';
  /** The field that it is shown beside; null: below all of them. */
  readonly field: PeopleField | null;
  readonly names: string;
};

/** All that is to be said of a call that was not done: each broken rule at its field, or why it was refused. */
export function problemsOf(error: unknown): readonly PeopleProblem[] {
  const refusal = refusalOf(error);
  const names = refusal?.holderNames.join(', ') ?? '';
  const broken = new Set([...(refusal?.rulesByField.keys() ?? [])].map(fieldOf));
  const atFields = fields.filter((field) => broken.has(field));
  if (atFields.length > 0) return atFields.map((field) => ({ problem: field, field, names }));
  const problem = reasons.find((reason) => reason === refusal?.reason) ?? 'other';
  return [{ problem, field: fieldOf(refusal?.field ?? ''), names }];
}

/** The field of the form for one of the wire: role.own_role_id is the role, permissions.permissions[3] the permissions. */
function fieldOf(wireName: string): PeopleField | null {
  return fields.find((field) => new RegExp(`^${field}(?![a-z_])`).test(wireName)) ?? null;
}
