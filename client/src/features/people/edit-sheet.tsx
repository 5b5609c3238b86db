import { Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import type { Language } from '#i18n/language.ts';
import { useFormat } from '#i18n/use-format.ts';
import { useSession } from '#platform/live/replica-context.tsx';
import { Button } from '#ui/button.tsx';
import { HoldButton } from '#ui/hold-button.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';
import { InvitationResult } from './invitation-result.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { ProblemNotice, useFieldProblem } from './problem-text.tsx';
import type { RoleId, ShownPerson } from './read-people.ts';
import type { ShownRole } from './read-roles.ts';
import { RoleSelect } from './role-select.tsx';
import { useAdmit, useChangePerson, useResend } from './use-people.ts';

type Props = { readonly person: ShownPerson; readonly isWithout: boolean };

/** All that is to be changed of a person; each of its parts is done by itself. */
export function EditSheet({
  person,
  roles,
  isWithout,
  onClose,
}: Props & { readonly roles: readonly ShownRole[]; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { userId } = useSession();
  return (
    <Sheet
      title={t('people.editTitle', { name: person.name })}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
    >
      <div className="grid gap-5">
        <ChangeForm person={person} roles={roles} isWithout={isWithout} onDone={onClose} />
        {person.isActive && !person.hasSignedIn && <Resend person={person} isWithout={isWithout} />}
        {person.id !== userId && <Admit person={person} isWithout={isWithout} onDone={onClose} />}
      </div>
    </Sheet>
  );
}

function ChangeForm({
  person,
  roles,
  isWithout,
  onDone,
}: Props & { readonly roles: readonly ShownRole[]; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { userId } = useSession();
  const change = useChangePerson();
  const [name, setName] = useState(person.name);
  const [roleId, setRoleId] = useState<RoleId>(person.roleId);
  const [language, setLanguage] = useState<Language>(person.language);
  const problemAt = useFieldProblem(change.error);
  const isSelf = person.id === userId;
  const role = roleId === person.roleId ? {} : { roleId };
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!change.isPending)
          change.mutate({ id: person.id, name, language, ...role }, { onSuccess: onDone });
      }}
    >
      <p className="wrap-anywhere text-muted-foreground">{person.email}</p>
      <TextField
        label={t('people.form.name')}
        value={name}
        maxLength={120}
        autoComplete="off"
        error={problemAt('name')}
        onChange={({ target }) => setName(target.value)}
      />
      <RoleSelect
        roles={roles}
        value={roleId}
        isDisabled={isSelf}
        {...(isSelf ? { hint: t('people.form.ownRoleOfSelf') } : {})}
        error={problemAt('role')}
        onChange={setRoleId}
      />
      <LanguageChoice legend={t('people.form.languageOf')} value={language} onChange={setLanguage} />
      <div aria-live="polite" className="empty:hidden">
        <ProblemNotice error={change.error} />
      </div>
      <Button type="submit" kind="primary" size="touch" disabled={isWithout || change.isPending}>
        {t('people.form.save')}
      </Button>
    </form>
  );
}

function Resend({ person, isWithout }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const resend = useResend();
  const { id, email, invitationSentAt } = person;
  return (
    <section className="grid gap-3 border-t border-border pt-4" aria-live="polite">
      <p className="text-muted-foreground">
        {invitationSentAt === null
          ? t('people.invitation.neverSent')
          : t('people.invitation.sentAt', { time: format.timeOrDay(invitationSentAt, nowForDisplay()) })}
      </p>
      {resend.isSuccess ? (
        <InvitationResult invitation={resend.data} />
      ) : (
        <Button
          kind="outline"
          size="touch"
          icon={<Send className="icon" aria-hidden="true" />}
          disabled={isWithout || resend.isPending}
          onClick={() => resend.mutate({ id, email })}
        >
          {t('people.invitation.resend')}
        </Button>
      )}
      <ProblemNotice error={resend.error} />
    </section>
  );
}

function Admit({ person, isWithout, onDone }: Props & { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const admit = useAdmit();
  const act = (isIn: boolean) => admit.mutate({ id: person.id, isIn }, { onSuccess: onDone });
  return (
    <section className="grid gap-3 border-t border-border pt-4" aria-live="polite">
      {person.isActive ? (
        <HoldButton
          hint={t('people.deactivateHint')}
          isDisabled={isWithout || admit.isPending}
          onHeld={() => act(false)}
        >
          {t('people.deactivate')}
        </HoldButton>
      ) : (
        <Button kind="outline" size="touch" disabled={isWithout || admit.isPending} onClick={() => act(true)}>
          {t('people.reactivate')}
        </Button>
      )}
      <ProblemNotice error={admit.error} />
    </section>
  );
}
