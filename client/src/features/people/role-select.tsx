import { useTranslation } from 'react-i18next';
import { SelectField } from '#ui/select-field.tsx';
import type { RoleId } from './read-people.ts';
import type { ShownRole } from './read-roles.ts';
import { useRoleName } from './use-role-name.ts';

/** One of the built-in roles or of the company's own. */
export function RoleSelect({
  roles,
  value,
  hint,
  error,
  isDisabled = false,
  onChange,
}: {
  readonly roles: readonly ShownRole[];
  readonly value: RoleId;
  readonly hint?: string;
  readonly error: string | null;
  readonly isDisabled?: boolean;
  readonly onChange: (roleId: RoleId) => void;
}) {
  const { t } = useTranslation();
  const roleName = useRoleName();
  const own = roles.filter(({ isOwn }) => isOwn);
  const options = (some: readonly ShownRole[]) =>
    some.map((role) => (
      <option key={role.id} value={role.id}>
        {roleName(role.id, role.name)}
      </option>
    ));
  return (
    <SelectField
      label={t('people.form.role')}
      {...(hint === undefined ? {} : { hint })}
      error={error}
      value={value}
      disabled={isDisabled}
      onChange={({ target }) => onChange(target.value)}
    >
      <optgroup label={t('people.form.builtInRoles')}>
        {options(roles.filter(({ isOwn }) => !isOwn))}
      </optgroup>
      {own.length > 0 && <optgroup label={t('people.form.ownRoles')}>{options(own)}</optgroup>}
    </SelectField>
  );
}
