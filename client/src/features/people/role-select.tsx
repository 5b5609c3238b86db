import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoleId } from './read-people.ts';
import type { ShownRole } from './read-roles.ts';
import { useRoleName } from './use-role-name.ts';

/** One of the built-in roles or of the company's own. */
export function RoleSelect({
  roles,
  value,
  hint,
  isDisabled = false,
  onChange,
}: {
  readonly roles: readonly ShownRole[];
  readonly value: RoleId;
  readonly hint?: string;
  readonly isDisabled?: boolean;
  readonly onChange: (roleId: RoleId) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const roleName = useRoleName();
  const own = roles.filter(({ isOwn }) => isOwn);
  const options = (some: readonly ShownRole[]) =>
    some.map((role) => (
      <option key={role.id} value={role.id}>
        {roleName(role.id, role.name)}
      </option>
    ));
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-[14px] font-medium tablet:text-[12px]">
        {t('people.form.role')}
      </label>
      <select
        id={id}
        value={value}
        disabled={isDisabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={({ target }) => onChange(target.value)}
        className="h-12 w-full rounded-control border border-input bg-background px-3 text-[16px] disabled:opacity-45 tablet:h-9 tablet:text-[14px]"
      >
        <optgroup label={t('people.form.builtInRoles')}>
          {options(roles.filter(({ isOwn }) => !isOwn))}
        </optgroup>
        {own.length > 0 && <optgroup label={t('people.form.ownRoles')}>{options(own)}</optgroup>}
      </select>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mt-1.5 text-[14px] text-muted-foreground tablet:text-[12px]">
          {hint}
        </p>
      )}
    </div>
  );
}
