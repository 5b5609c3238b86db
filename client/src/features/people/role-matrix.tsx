import { Check, Pencil } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { permissionKey } from '#i18n/permission-key.ts';
import { useFormat } from '#i18n/use-format.ts';
import { groupPermissions, type ShownRole } from './read-roles.ts';
import { useRoleName } from './use-role-name.ts';

/** Rights in plain words down, roles across. Heads of rows and columns stay in sight; the company's own roles open. */
export function RoleMatrix({
  roles,
  isWithout,
  onOpen,
}: {
  readonly roles: readonly ShownRole[];
  readonly isWithout: boolean;
  readonly onOpen: (role: ShownRole) => void;
}) {
  const { t } = useTranslation();
  return (
    <section
      className="max-h-full overflow-auto overscroll-contain"
      aria-label={t('people.roles.explain')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the arrow keys
      tabIndex={0}
    >
      <table className="border-separate border-spacing-0 text-[15px] tablet:text-[13px]">
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky top-0 inset-s-0 z-2 min-w-40 border-b border-border bg-background px-4 py-2 text-start align-bottom text-[14px] font-medium text-muted-foreground tablet:min-w-72 tablet:text-[12px]"
            >
              {t('people.roles.right')}
            </th>
            {roles.map((role) => (
              <RoleHead key={role.id} role={role} isWithout={isWithout} onOpen={onOpen} />
            ))}
          </tr>
        </thead>
        <tbody>
          {groupPermissions().map(([module, permissions]) => (
            <Fragment key={module}>
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={roles.length + 1}
                  className="border-b border-border px-4 pt-4 pb-1.5 text-start text-[14px] font-semibold tablet:pt-3 tablet:text-[12px]"
                >
                  <span className="sticky inset-s-4">{t(`people.module.${module}`)}</span>
                </th>
              </tr>
              {permissions.map((permission) => (
                <tr key={permission} className="group">
                  <th
                    scope="row"
                    className="sticky inset-s-0 border-b border-rule bg-background px-4 py-2 text-start font-normal group-hover:bg-hover tablet:py-1.5"
                  >
                    {t(permissionKey(permission))}
                  </th>
                  {roles.map(({ id, permissions: given }) => (
                    <td
                      key={id}
                      className="border-b border-rule px-2 py-2 text-center group-hover:bg-hover tablet:py-1.5"
                    >
                      <Given isGiven={given.has(permission)} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RoleHead({
  role,
  isWithout,
  onOpen,
}: {
  readonly role: ShownRole;
  readonly isWithout: boolean;
  readonly onOpen: (role: ShownRole) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const roleName = useRoleName();
  const name = roleName(role.id, role.name);
  const holders = t('people.roles.holders', {
    count: role.holderCount,
    shown: format.count(role.holderCount),
  });
  return (
    <th
      scope="col"
      className="sticky top-0 z-1 max-w-36 min-w-24 border-b border-border bg-background px-2 py-2 align-bottom font-normal"
    >
      {role.isOwn ? (
        <button
          type="button"
          disabled={isWithout}
          aria-label={t('people.roles.edit', { name })}
          onClick={() => onOpen(role)}
          className="inline-flex min-h-12 max-w-full items-center gap-1.5 rounded-control border border-input px-2 font-medium hover:bg-hover disabled:opacity-45 tablet:min-h-7"
        >
          <span className="truncate">{name}</span>
          <Pencil className="icon flex-none text-muted-foreground" aria-hidden="true" />
        </button>
      ) : (
        <span className="block font-medium">{name}</span>
      )}
      <span className="block pt-1 text-[13px] text-muted-foreground tablet:text-[12px]">{holders}</span>
    </th>
  );
}

function Given({ isGiven }: { readonly isGiven: boolean }) {
  const { t } = useTranslation();
  return isGiven ? (
    <>
      <Check className="icon mx-auto text-ok-text" aria-hidden="true" />
      <span className="sr-only">{t('people.roles.yes')}</span>
    </>
  ) : (
    <>
      <span className="text-faint-foreground" aria-hidden="true">
        –
      </span>
      <span className="sr-only">{t('people.roles.no')}</span>
    </>
  );
}
