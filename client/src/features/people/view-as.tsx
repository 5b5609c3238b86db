import { useNavigate } from '@tanstack/react-router';
import { Eye } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlatform, useSession } from '#platform/live/replica-context.tsx';
import { Button } from '#ui/button.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import type { RoleId } from './read-people.ts';
import type { ShownRole } from './read-roles.ts';
import { RoleSelect } from './role-select.tsx';
import { useRoleName } from './use-role-name.ts';

/** Leads to the app as a role sees it. The way back is a banner on every screen. */
export function ViewAs({ roles }: { readonly roles: readonly ShownRole[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const roleName = useRoleName();
  const { userId } = useSession();
  const { viewedRole } = usePlatform();
  const [roleId, setRoleId] = useState<RoleId>('warehouse');
  const chosen = roles.find(({ id }) => id === roleId);
  const look = () => {
    if (chosen === undefined) return;
    viewedRole.set({
      userId,
      name: roleName(chosen.id, chosen.name),
      permissions: [...chosen.permissions],
    });
    void navigate({ to: '/' });
  };
  return (
    <section aria-label={t('people.roles.viewAs')}>
      <SectionHeading>{t('people.roles.viewAs')}</SectionHeading>
      <div className="grid max-w-xl gap-3 px-4 py-4">
        <p className="text-muted-foreground">{t('people.roles.viewAsText')}</p>
        <RoleSelect roles={roles} value={roleId} error={null} onChange={setRoleId} />
        <div>
          <Button
            kind="outline"
            icon={<Eye className="icon" aria-hidden="true" />}
            disabled={chosen === undefined}
            onClick={look}
          >
            {t('people.roles.viewAsLook')}
          </Button>
        </div>
      </div>
    </section>
  );
}
