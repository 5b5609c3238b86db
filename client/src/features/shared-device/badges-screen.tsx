import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BackToMore, ServerNotices, ServerScreen, useIsWithout } from '#platform/rpc/view/server-screen.tsx';
import { Chip } from '#ui/chip.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { BadgeSheet } from './badge-sheet.tsx';
import { type BadgeHolder, useBadges } from './use-badges.ts';

/** Who of the company has a badge and a PIN for shared devices. */
export function BadgesScreen() {
  const { t } = useTranslation();
  return (
    <ServerScreen
      title={t('sharedDevice.badges.title')}
      permission="users:manage"
      refusal={t('sharedDevice.badges.notAllowedText')}
    >
      <Badges />
    </ServerScreen>
  );
}

function Badges() {
  const { t } = useTranslation();
  const isWithout = useIsWithout();
  const { data, error, refetch } = useBadges(!isWithout);
  const [openId, setOpenId] = useState<string | null>(null);
  const open = data?.find(({ personId }) => personId === openId);
  return (
    <Screen
      header={
        <ScreenHeader
          back={<BackToMore />}
          title={t('sharedDevice.badges.title')}
          facts={t('sharedDevice.badges.explain')}
        />
      }
    >
      <div className="max-w-4xl">
        <ServerNotices
          isWithout={isWithout}
          hasData={data !== undefined}
          error={error}
          offlineText={t('sharedDevice.badges.offlineText')}
          onAgain={() => void refetch()}
        />
        <ul>
          {data?.map((holder) => (
            <HolderRow
              key={holder.personId}
              holder={holder}
              isWithout={isWithout}
              onOpen={() => setOpenId(holder.personId)}
            />
          ))}
        </ul>
      </div>
      {open !== undefined && <BadgeSheet holder={open} onClose={() => setOpenId(null)} />}
    </Screen>
  );
}

function HolderRow({
  holder: { name, badgeGivenAt, hasPin },
  isWithout,
  onOpen,
}: {
  readonly holder: BadgeHolder;
  readonly isWithout: boolean;
  readonly onOpen: () => void;
}) {
  const { t } = useTranslation();
  return (
    <li className="border-b border-rule">
      <button
        type="button"
        disabled={isWithout}
        onClick={onOpen}
        className="flex min-h-14 w-full items-center gap-3 px-4 py-2 text-start hover:bg-hover focus-visible:-outline-offset-2 tablet:min-h-12"
      >
        <span className="min-w-0 flex-1 truncate text-[16px] font-medium tablet:text-[14px]">{name}</span>
        {badgeGivenAt === null ? (
          <Chip isDashed>{t('sharedDevice.badges.noBadge')}</Chip>
        ) : (
          <Chip>{t('sharedDevice.badges.badge')}</Chip>
        )}
        {hasPin ? (
          <Chip>{t('sharedDevice.badges.pin')}</Chip>
        ) : (
          <Chip isDashed>{t('sharedDevice.badges.noPin')}</Chip>
        )}
      </button>
    </li>
  );
}
