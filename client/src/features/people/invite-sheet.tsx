import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, pickLanguage } from '#i18n/language.ts';
import { Button } from '#ui/button.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';
import { InvitationResult } from './invitation-result.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { ProblemNotice, useFieldProblem } from './problem-text.tsx';
import type { RoleId } from './read-people.ts';
import type { ShownRole } from './read-roles.ts';
import { RoleSelect } from './role-select.tsx';
import { useInvite } from './use-people.ts';

/** Somebody new: who, with which role, invited in which language. */
export function InviteSheet({
  isOpen,
  roles,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly roles: readonly ShownRole[];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const invite = useInvite();
  const close = () => {
    invite.reset();
    onClose();
  };
  return (
    <Sheet title={t('people.inviteTitle')} isOpen={isOpen} onClose={close} closeLabel={t('common.close')}>
      <div className="grid gap-4">
        {invite.isSuccess ? (
          <>
            <InvitationResult invitation={invite.data} />
            <div className="flex flex-wrap gap-2">
              <Button kind="outline" onClick={() => invite.reset()}>
                {t('people.invitation.another')}
              </Button>
              <Button onClick={close}>{t('people.invitation.done')}</Button>
            </div>
          </>
        ) : (
          <InviteForm roles={roles} invite={invite} />
        )}
      </div>
    </Sheet>
  );
}

function InviteForm({
  roles,
  invite,
}: {
  readonly roles: readonly ShownRole[];
  readonly invite: ReturnType<typeof useInvite>;
}) {
  const { t, i18n } = useTranslation();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [roleId, setRoleId] = useState<RoleId>('warehouse');
  const [language, setLanguage] = useState<Language>(pickLanguage([i18n.language]));
  const problemAt = useFieldProblem(invite.error);
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!invite.isPending) invite.mutate({ name, email, roleId, language });
      }}
    >
      <TextField
        label={t('people.form.name')}
        value={name}
        maxLength={120}
        autoComplete="off"
        error={problemAt('name')}
        onChange={({ target }) => setName(target.value)}
      />
      <div>
        <TextField
          type="email"
          label={t('people.form.email')}
          value={email}
          maxLength={254}
          autoComplete="off"
          error={problemAt('email')}
          onChange={({ target }) => setEmail(target.value)}
        />
        <p className="mt-1.5 text-[14px] text-muted-foreground tablet:text-[12px]">
          {t('people.form.emailHint')}
        </p>
      </div>
      <RoleSelect roles={roles} value={roleId} error={problemAt('role')} onChange={setRoleId} />
      <LanguageChoice legend={t('people.form.language')} value={language} onChange={setLanguage} />
      <div aria-live="polite">
        <ProblemNotice error={invite.error} />
      </div>
      <Button type="submit" kind="primary" size="touch" disabled={invite.isPending}>
        {t('people.form.send')}
      </Button>
    </form>
  );
}
