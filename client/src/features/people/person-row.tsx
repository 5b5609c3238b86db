import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '#platform/live/replica-context.tsx';
import { Chip } from '#ui/chip.tsx';
import type { ShownPerson } from './read-people.ts';
import { useRoleName } from './use-role-name.ts';

/** A person with their role and how they stand; opens to be changed. */
export function PersonRow({ person, onOpen }: { readonly person: ShownPerson; readonly onOpen: () => void }) {
  const { t } = useTranslation();
  const { userId } = useSession();
  const roleName = useRoleName();
  const { id, name, email, roleId, ownRoleName, isActive, hasSignedIn } = person;
  return (
    <li className="border-b border-rule">
      <button
        type="button"
        onClick={onOpen}
        className="grid min-h-16 w-full grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-3 px-4 py-2 text-start hover:bg-hover focus-visible:-outline-offset-2 tablet:min-h-10 tablet:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_10rem_9rem_auto] tablet:py-1.5"
      >
        <span className="min-w-0">
          <span className="block truncate text-[16px] font-medium tablet:text-[14px]">
            {name}
            {id === userId && <span className="font-normal text-muted-foreground"> · {t('people.you')}</span>}
          </span>
          <span className="block truncate text-[14px] text-muted-foreground tablet:hidden">{email}</span>
        </span>
        <span className="hidden truncate text-[13px] text-muted-foreground tablet:block">{email}</span>
        <span className="grid justify-items-end gap-1 tablet:contents">
          <span className="max-w-36 truncate text-[14px] tablet:max-w-none tablet:text-[13px]">
            {roleName(roleId, ownRoleName)}
          </span>
          <span className="empty:hidden tablet:empty:block">
            {!isActive && <Chip tone="warn">{t('people.deactivated')}</Chip>}
            {isActive && !hasSignedIn && <Chip isDashed>{t('people.notSignedIn')}</Chip>}
          </span>
        </span>
        <ChevronRight className="icon-lg text-faint-foreground tablet:icon" aria-hidden="true" />
      </button>
    </li>
  );
}
