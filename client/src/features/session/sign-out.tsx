import { Link } from '@tanstack/react-router';
import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { Button } from '#ui/button.tsx';
import { buttonClass } from '#ui/button-class.ts';
import { HoldButton } from '#ui/hold-button.tsx';
import { Notice } from '#ui/notice.tsx';

const HOLD_MS = 1_000;

/** Signing out with something unsent is possible, but only by holding. */
export function SignOut() {
  const { t } = useTranslation();
  const format = useFormat();
  const platform = usePlatform();
  const [unsentCount, setUnsentCount] = useState<number | null>(null);

  const signOut = async (evenIfUnsent: boolean) => {
    const result = await platform.signOut({ evenIfUnsent });
    if (!result.ok) setUnsentCount(result.error.count);
  };

  return (
    <div className="px-4 py-4">
      {unsentCount === null ? (
        <Button
          kind="outline"
          size="touch"
          className="w-full tablet:w-auto"
          icon={<LogOut className="icon-lg" />}
          onClick={() => void signOut(false)}
        >
          {t('session.more.signOut')}
        </Button>
      ) : (
        <Notice
          tone="warn"
          title={t('session.more.unsentTitle', { count: unsentCount, shown: format.count(unsentCount) })}
          actions={
            <>
              <Link to="/outbox" className={buttonClass('outline', 'touch')}>
                {t('session.more.unsentLook')}
              </Link>
              <HoldButton holdMs={HOLD_MS} onHeld={() => void signOut(true)}>
                {t('session.more.unsentHold')}
              </HoldButton>
            </>
          }
        >
          {t('session.more.unsentText')}
        </Notice>
      )}
      <p className="mt-2 text-[14px] text-muted-foreground tablet:text-[12px]">
        {t('session.more.signOutHint')}
      </p>
    </div>
  );
}
