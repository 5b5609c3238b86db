import { LockKeyhole, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Session } from '#platform/session/session.ts';

/** Who is at it, on every screen, and the way to hand over. */
export function ActingBar({ person, onSwitch }: { readonly person: Session; readonly onSwitch: () => void }) {
  const { t } = useTranslation();
  return (
    <section
      aria-label={t('sharedDevice.whoIsAtIt')}
      className="flex h-12 items-stretch border-b border-border bg-surface ps-4"
    >
      <span className="flex min-w-0 flex-1 items-center gap-2.5">
        <UserRound className="icon-lg flex-none text-muted-foreground" aria-hidden="true" />
        <b className="truncate text-[17px] font-semibold">{person.name}</b>
      </span>
      <button
        type="button"
        onClick={onSwitch}
        className="flex min-h-12 flex-none items-center gap-2 border-s border-border px-4 font-medium hover:bg-hover focus-visible:-outline-offset-2 active:bg-hover"
      >
        <LockKeyhole className="icon-lg" aria-hidden="true" />
        {t('sharedDevice.switch')}
      </button>
    </section>
  );
}
