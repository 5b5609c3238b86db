import type { Permission } from '@eventkit/shared/permissions/roles.ts';

type KeyOf<P extends string> = P extends `${infer Module}:${infer Act}` ? `${Module}_${Act}` : never;

/** The key of the text that says what a permission is for; a colon has a meaning of its own in keys. */
export function permissionKey<P extends Permission>(permission: P): `permissions.${KeyOf<P>}` {
  return `permissions.${permission.replace(':', '_') as KeyOf<P>}`;
}
