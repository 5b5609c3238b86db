import type { Permission } from '@eventkit/shared/permissions/roles.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { permissionKey } from '#i18n/permission-key.ts';
import { useFormat } from '#i18n/use-format.ts';
import { Button } from '#ui/button.tsx';
import { HoldButton } from '#ui/hold-button.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';
import { TickRow } from '#ui/tick-row.tsx';
import { ProblemNotice, useFieldProblem } from './problem-text.tsx';
import { groupPermissions, type ShownRole } from './read-roles.ts';
import { useDeleteRole, useSaveRole } from './use-roles.ts';

/** A role of the company's own: what it is called and what it gives. Null: a new one. */
export function RoleSheet({
  role,
  grantable,
  onClose,
}: {
  readonly role: ShownRole | null;
  readonly grantable: ReadonlySet<Permission>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const save = useSaveRole();
  const [name, setName] = useState(role?.name ?? '');
  const [given, setGiven] = useState<ReadonlySet<Permission>>(role?.permissions ?? new Set<Permission>());
  const problemAt = useFieldProblem(save.error);
  const draft = {
    id: role?.id ?? null,
    name,
    permissions: [...given, ...(role?.unknownPermissions ?? [])],
  };
  return (
    <Sheet
      title={role === null ? t('people.roles.createTitle') : t('people.roles.editTitle', { name: role.name })}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
    >
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!save.isPending) save.mutate(draft, { onSuccess: onClose });
        }}
      >
        <TextField
          label={t('people.roles.name')}
          value={name}
          maxLength={80}
          autoComplete="off"
          error={problemAt('name')}
          onChange={({ target }) => setName(target.value)}
        />
        <Rights given={given} grantable={grantable} error={problemAt('permissions')} onChange={setGiven} />
        <p className="text-[14px] text-muted-foreground tablet:text-[12px]">{t('people.roles.adminsOnly')}</p>
        <div aria-live="polite" className="empty:hidden">
          <ProblemNotice error={save.error} />
        </div>
        <Button type="submit" kind="primary" size="touch" disabled={save.isPending}>
          {t('people.form.save')}
        </Button>
      </form>
      {role !== null && <Remove role={role} onDone={onClose} />}
    </Sheet>
  );
}

function Rights({
  given,
  grantable,
  error,
  onChange,
}: {
  readonly given: ReadonlySet<Permission>;
  readonly grantable: ReadonlySet<Permission>;
  /** What is wrong with them; null where nothing is. */
  readonly error: string | null;
  readonly onChange: (given: ReadonlySet<Permission>) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1.5 text-[14px] font-medium tablet:text-[12px]">{t('people.roles.gives')}</legend>
      {groupPermissions().map(([module, permissions]) => (
        <div key={module}>
          <p className="border-b border-border pb-1 text-[14px] text-muted-foreground tablet:text-[12px]">
            {t(`people.module.${module}`)}
          </p>
          {permissions
            .filter((permission) => grantable.has(permission))
            .map((permission) => (
              <TickRow
                key={permission}
                isTicked={given.has(permission)}
                onChange={(isTicked) =>
                  onChange(isTicked ? new Set([...given, permission]) : without(given, permission))
                }
              >
                {t(permissionKey(permission))}
              </TickRow>
            ))}
        </div>
      ))}
      {error !== null && (
        <p className="text-blocked-text" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

function without(given: ReadonlySet<Permission>, permission: Permission): ReadonlySet<Permission> {
  return new Set([...given].filter((one) => one !== permission));
}

function Remove({ role, onDone }: { readonly role: ShownRole; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const remove = useDeleteRole();
  const { holderCount } = role;
  return (
    <section className="mt-5 grid gap-3 border-t border-border pt-4" aria-live="polite">
      {holderCount > 0 ? (
        <p className="text-muted-foreground">
          {t('people.roles.held', { count: holderCount, shown: format.count(holderCount) })}
        </p>
      ) : (
        <HoldButton
          hint={t('people.roles.removeHint')}
          isDisabled={remove.isPending}
          onHeld={() => remove.mutate(role.id, { onSuccess: onDone })}
        >
          {t('people.roles.remove')}
        </HoldButton>
      )}
      <ProblemNotice error={remove.error} />
    </section>
  );
}
