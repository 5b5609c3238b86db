import { useTranslation } from 'react-i18next';
import { isBuiltIn, type RoleId } from './read-people.ts';

/** What a role is called: one of the company's own by its name, a built-in one in the person's language. */
export function useRoleName(): (roleId: RoleId, ownName: string) => string {
  const { t } = useTranslation();
  return (roleId, ownName) => (isBuiltIn(roleId) ? t(`session.more.role.${roleId}`) : ownName || roleId);
}
