import { Eye } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usePlatform, useSession } from '#platform/live/replica-context.tsx';
import { useObservable } from '#platform/live/use-observable.ts';
import { Button } from '#ui/button.tsx';

/** Says that the app is seen as another role sees it, and leads out: on every screen, as those of admins are away. */
export function ViewedRoleBanner() {
  const { t } = useTranslation();
  const { viewedRole } = usePlatform();
  const { userId } = useSession();
  const viewed = useObservable(viewedRole);
  if (viewed === null || viewed.userId !== userId) return null;
  return (
    <div
      role="status"
      className="flex flex-none items-center gap-3 border-b border-border bg-wrong-tint px-4 py-1.5"
    >
      <Eye className="icon text-wrong-text" aria-hidden="true" />
      <p className="min-w-0 flex-1 leading-tight">
        <b className="font-medium">{t('shell.viewed.as', { name: viewed.name })}</b>
        <span className="block text-[13px] text-muted-foreground tablet:inline tablet:ps-2 tablet:text-[12px]">
          {t('shell.viewed.explain')}
        </span>
      </p>
      <Button kind="primary" onClick={() => viewedRole.set(null)}>
        {t('shell.viewed.end')}
      </Button>
    </div>
  );
}
