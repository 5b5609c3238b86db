import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { grantablePermissions } from '@eventkit/shared/permissions/grantable-permissions.ts';
import type { DomainError } from '#http/connect-error-of.ts';
import { permissionViolations } from '#http/permission-violations.ts';
import {
  deleteOwnRole,
  insertOwnRole,
  listHolderNames,
  lockOwnRole,
  type OwnRoleRow,
  updateOwnRole,
} from './role-store.ts';

/** As many names as a person reads. */
const NAMES = 20;

export async function addRole(
  tx: TenantTransaction,
  role: OwnRoleRow,
): Promise<Result<OwnRoleRow, DomainError>> {
  const refusal = refusalOf(role.permissions, 'permissions');
  if (refusal !== null) return err(refusal);
  return (await insertOwnRole(tx, role)) ? ok(role) : err(nameTaken);
}

export async function changeRole(
  tx: TenantTransaction,
  id: string,
  { name, permissions }: { readonly name?: string; readonly permissions?: readonly string[] },
): Promise<Result<OwnRoleRow, DomainError>> {
  const refusal = refusalOf(permissions ?? [], 'permissions.permissions');
  if (refusal !== null) return err(refusal);
  const role = await lockOwnRole(tx, id);
  if (role === null) return err(noSuchRole);
  const changed = { id, name: name ?? role.name, permissions: permissions ?? role.permissions };
  return (await updateOwnRole(tx, changed)) ? ok(changed) : err(nameTaken);
}

/** Refused while somebody holds it, with who. */
export async function removeRole(tx: TenantTransaction, id: string): Promise<Result<null, DomainError>> {
  const role = await lockOwnRole(tx, id);
  if (role === null) return err(noSuchRole);
  const holderNames = await listHolderNames(tx, id, NAMES);
  if (holderNames.length > 0) return err({ tag: 'role_held', field: 'role_id', holderNames });
  await deleteOwnRole(tx, id);
  return ok(null);
}

const noSuchRole: DomainError = { tag: 'not_found', what: 'role', field: 'role_id' };
const nameTaken: DomainError = { tag: 'role_name_taken', field: 'name' };

/** What such a role cannot give. */
function refusalOf(wanted: readonly string[], field: string): DomainError | null {
  const violations = permissionViolations(wanted, {
    field,
    grantable: grantablePermissions,
    refusal: 'is for admins only',
  });
  return violations.length === 0 ? null : { tag: 'invalid', violations };
}
