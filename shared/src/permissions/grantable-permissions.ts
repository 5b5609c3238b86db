import { type Permission, permissions } from './roles.ts';

/**
 * What a role of a company's own can give. Who may do what stays with admins: who could give themselves a role could
 * give themselves everything.
 */
export const grantablePermissions: readonly Permission[] = permissions.filter(
  (permission) => permission !== 'users:manage',
);
