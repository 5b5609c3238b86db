import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { together } from '@eventkit/database/together.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Caller } from '#http/caller.ts';
import type { DomainError } from '#http/connect-error-of.ts';
import {
  deactivatePerson,
  findPerson,
  findPersonByEmail,
  insertPerson,
  lockActiveAdmins,
  type PersonRow,
  reactivatePerson,
  type StoredRole,
  updateNameAndLocale,
  updatePerson,
} from './people-store.ts';
import { holdOwnRole } from './role-store.ts';

type Changed = Result<PersonRow, DomainError>;

/** Adds somebody new. An address that the company has already is refused, with whose it is. */
export async function addPerson(
  tx: TenantTransaction,
  person: StoredRole & Pick<PersonRow, 'id' | 'name' | 'email' | 'locale'>,
): Promise<Changed> {
  if (!(await isThere(tx, person))) return err(noSuchRole);
  const [, inserted] = await together([insertPerson(tx, person), findPerson(tx, person.id)]);
  if (inserted !== null) return ok(inserted);
  const holder = await findPersonByEmail(tx, person.email);
  if (holder === null) throw new Error('an address is taken and nobody has it');
  const tag = holder.deactivatedAt === null ? 'email_taken' : 'email_of_deactivated';
  return err({ tag, field: 'email', holderNames: [holder.name] });
}

/** Changes name or language. Sends all of its statements at once. */
export async function changeDetails(
  tx: TenantTransaction,
  personId: string,
  details: { readonly name?: string; readonly locale?: string },
): Promise<Changed> {
  const [, person] = await together([updateNameAndLocale(tx, personId, details), findPerson(tx, personId)]);
  return person === null ? err(noSuchPerson) : ok(person);
}

/** Changes the role, and name or language with it. It is only changed by an admin who still is one, never their own. */
export async function changePerson(
  tx: TenantTransaction,
  caller: Caller,
  personId: string,
  { name, role, locale }: { readonly name?: string; readonly role: StoredRole; readonly locale?: string },
): Promise<Changed> {
  const admins = await lockActiveAdmins(tx);
  const person = await findPerson(tx, personId);
  if (person === null) return err(noSuchPerson);
  const changed = { id: person.id, name: name ?? person.name, locale: locale ?? person.locale };
  if (role.role === person.role && role.ownRoleId === person.ownRoleId) {
    await updatePerson(tx, { ...changed, role: person.role, ownRoleId: person.ownRoleId });
    return ok(await theSame(tx, person.id));
  }
  const refusal = refusalOf(caller, admins, person, 'role');
  if (refusal !== null) return err(refusal);
  if (!(await isThere(tx, role))) return err(noSuchRole);
  await updatePerson(tx, { ...changed, ...role });
  return ok(await theSame(tx, person.id));
}

/** Shuts somebody out; `refreshTokens` are those of their sessions, to be taken back once this is committed. */
export async function shutOut(
  tx: TenantTransaction,
  caller: Caller,
  personId: string,
): Promise<Result<{ readonly person: PersonRow; readonly refreshTokens: readonly string[] }, DomainError>> {
  const admins = await lockActiveAdmins(tx);
  const person = await findPerson(tx, personId);
  if (person === null) return err(noSuchPerson);
  const refusal = refusalOf(caller, admins, person, 'person_id');
  if (refusal !== null) return err(refusal);
  const refreshTokens = await deactivatePerson(tx, person.id);
  return ok({ person: await theSame(tx, person.id), refreshTokens });
}

/** Lets somebody in again. */
export async function letInAgain(tx: TenantTransaction, caller: Caller, personId: string): Promise<Changed> {
  const admins = await lockActiveAdmins(tx);
  const person = await findPerson(tx, personId);
  if (person === null) return err(noSuchPerson);
  if (lostTheirRight(caller, admins)) return err({ tag: 'not_permitted' });
  await reactivatePerson(tx, person.id);
  return ok(await theSame(tx, person.id));
}

const noSuchPerson: DomainError = { tag: 'not_found', what: 'person', field: 'person_id' };
const noSuchRole: DomainError = { tag: 'not_found', what: 'role', field: 'role.own_role_id' };

/** Why this person's rights are not the caller's to take, now that nobody else can take any. */
function refusalOf(
  caller: Caller,
  admins: ReadonlySet<string>,
  person: PersonRow,
  field: 'role' | 'person_id',
): DomainError | null {
  if (lostTheirRight(caller, admins)) return { tag: 'not_permitted' };
  if (person.id === caller.userId) return { tag: 'own_account', field };
  const isLastAdmin = admins.size === 1 && admins.has(person.id);
  return isLastAdmin ? { tag: 'last_admin', field } : null;
}

/** Of two admins who shut each other out at once, the second one is none any more when their turn comes. */
function lostTheirRight({ role, userId }: Caller, admins: ReadonlySet<string>): boolean {
  return role === 'admin' && !admins.has(userId);
}

async function isThere(tx: TenantTransaction, { ownRoleId }: StoredRole): Promise<boolean> {
  return ownRoleId === null || holdOwnRole(tx, ownRoleId);
}

async function theSame(tx: TenantTransaction, id: string): Promise<PersonRow> {
  const person = await findPerson(tx, id);
  if (person === null) throw new Error(`person ${id} was written and cannot be read`);
  return person;
}
