import { isPermission, type Permission } from '@eventkit/shared/permissions/roles.ts';
import type { Violation } from './connect-error-of.ts';

/** What of a list of permissions cannot be given, each by its place in the list. */
export function permissionViolations(
  wanted: readonly string[],
  {
    field,
    grantable,
    refusal,
  }: {
    readonly field: string;
    readonly grantable: readonly Permission[];
    /** What is said of a permission that there is, and that cannot be given here. */
    readonly refusal: string;
  },
): Violation[] {
  return wanted.flatMap((permission, index): Violation[] => {
    const at = `${field}[${index}]`;
    if (!isPermission(permission))
      return [{ field: at, rule: 'permission.known', message: `${permission} is no permission.` }];
    if (!grantable.includes(permission))
      return [{ field: at, rule: 'permission.grantable', message: `${permission} ${refusal}.` }];
    return [];
  });
}
