import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepLanguage, type Language, pickLanguage } from '#i18n/language.ts';
import { changeLanguage } from '#i18n/start-i18n.ts';
import { applyTheme, currentTheme, type ThemeChoice, themeChoices } from '#platform/browser/theme.ts';
import { usePlatform, useSession, useSyncState } from '#platform/live/replica-context.tsx';
import { useObservable } from '#platform/live/use-observable.ts';
import { placeIcons } from '#platform/navigation/place-icons.ts';
import type { Place } from '#platform/navigation/places.ts';
import { usePlaces } from '#platform/navigation/use-places.ts';
import { Button } from '#ui/button.tsx';
import { Facts } from '#ui/facts.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { DeviceNameForm } from './device-name-form.tsx';
import { SignOut } from './sign-out.tsx';
import { useStorageRoom } from './use-storage-room.ts';

/** From tablets up the rail leads there. */
const inRail = ['/notifications', '/dashboard', '/events', '/check-in', '/pack', '/outbox'] as const;
const here = [
  '/assets',
  '/ready',
  '/labels',
  '/sync-health',
  '/api-keys',
  '/changes',
  '/trash',
  '/people',
  '/badges',
  '/roles',
  '/profile',
  '/pin',
  '/settings',
] as const;

/** Who, look and language, this device, its storage and clock, and the places that have no room in the bar. */
export function MoreScreen({ version }: { readonly version: string }) {
  const { t } = useTranslation();
  const session = useSession();
  const { isShared } = useObservable(usePlatform().sharing);
  return (
    <Screen
      header={
        <ScreenHeader
          title={t('session.more.title')}
          facts={`${t('session.more.signedInAs', { name: session.name, company: session.tenantName })} · ${t(`session.more.role.${session.role}`)}`}
        />
      }
    >
      <div className="grid max-w-3xl">
        {session.isRemembered && (
          <p className="px-4 pb-2 text-muted-foreground">{t('session.more.remembered')}</p>
        )}
        <nav aria-label={t('session.more.pages')} className="border-t border-border tablet:hidden">
          <PageLinks paths={inRail} />
        </nav>
        <nav aria-label={t('session.more.devicePages')} className="tablet:border-t tablet:border-border">
          <PageLinks paths={here} />
        </nav>
        <SectionHeading>{t('session.more.look')}</SectionHeading>
        <Look />
        <SectionHeading>{t('session.more.device')}</SectionHeading>
        <div className="grid gap-5 px-4 py-4">
          <DeviceNameForm />
          <HoldSwitch />
          <DeviceFacts version={version} />
          <Install />
        </div>
        {!isShared && (
          <>
            <SectionHeading>{session.email}</SectionHeading>
            <SignOut />
          </>
        )}
      </div>
    </Screen>
  );
}

/** Those of them that the person may enter. */
function PageLinks({ paths }: { readonly paths: readonly Place['path'][] }) {
  const { t } = useTranslation();
  return usePlaces()
    .filter(({ path }) => paths.includes(path))
    .map(({ path, text }) => {
      const Icon = placeIcons[path];
      return (
        <Link
          key={path}
          to={path}
          className="flex min-h-14 items-center gap-4 border-b border-rule px-4 text-[16px] font-medium active:bg-hover"
        >
          <Icon className="icon-lg text-muted-foreground" aria-hidden="true" />
          <span className="flex-1">{t(text)}</span>
          <ChevronRight className="icon-lg text-faint-foreground" aria-hidden="true" />
        </Link>
      );
    });
}

function Look() {
  const { t, i18n } = useTranslation();
  const [theme, setTheme] = useState<ThemeChoice>(() => currentTheme(localStorage));
  return (
    <div className="grid gap-5 px-4 py-4 tablet:grid-cols-2">
      <Segmented<Language>
        legend={t('session.more.language')}
        value={pickLanguage([i18n.language])}
        choices={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
        onChange={(language) => {
          keepLanguage(localStorage, language);
          void changeLanguage(language);
        }}
      />
      <Segmented<ThemeChoice>
        legend={t('session.more.theme')}
        value={theme}
        choices={themeChoices.map((value) => ({ value, label: t(`session.more.themes.${value}`) }))}
        onChange={(next) => {
          applyTheme(next);
          setTheme(next);
        }}
      />
    </div>
  );
}

function HoldSwitch() {
  const { t } = useTranslation();
  const { sync } = usePlatform();
  const isHeld = useSyncState().mode === 'held';
  return (
    <div>
      <button
        type="button"
        role="switch"
        aria-checked={isHeld}
        onClick={() => void sync.hold(!isHeld)}
        className="flex min-h-12 w-full items-center gap-3 rounded-control border border-input px-3 text-start hover:bg-hover"
      >
        <span
          aria-hidden="true"
          className={`flex h-6 w-10 flex-none items-center rounded-full border border-input p-0.5 ${isHeld ? 'justify-end bg-primary' : 'bg-background'}`}
        >
          <span
            className={`size-4.5 rounded-full ${isHeld ? 'bg-primary-foreground' : 'bg-muted-foreground'}`}
          />
        </span>
        <span className="flex-1 font-medium">{t('session.more.held')}</span>
        <span className="text-muted-foreground">
          {isHeld ? t('session.more.heldOn') : t('session.more.heldOff')}
        </span>
      </button>
      <p className="mt-1.5 text-[14px] text-muted-foreground tablet:text-[12px]">
        {t('session.more.heldHint')}
      </p>
    </div>
  );
}

function DeviceFacts({ version }: { readonly version: string }) {
  const { t } = useTranslation();
  const state = useSyncState();
  const room = useStorageRoom();
  return (
    <Facts
      facts={[
        {
          label: t('session.more.storage'),
          value: (
            <>
              {state.isStorageNearlyFull && (
                <span className="block text-wrong-text">{t('session.more.storageLow')}</span>
              )}
              {state.isStorageKept ? t('session.more.storageKept') : t('session.more.storageNotKept')}
              {room !== null && (
                <span className="block font-normal text-muted-foreground">
                  {t('session.more.storageUsed', { used: room.usedMegabytes, free: room.freeMegabytes })}
                </span>
              )}
            </>
          ),
        },
        {
          label: t('session.more.clock'),
          value: state.isClockChecked ? t('session.more.clockChecked') : t('session.more.clockUnchecked'),
        },
        { label: t('session.more.version'), value: <span className="font-mono">{version}</span> },
      ]}
    />
  );
}

function Install() {
  const { t } = useTranslation();
  const { pwa } = usePlatform();
  const install = useObservable(pwa.install);
  switch (install) {
    case 'installed':
      return <p className="text-muted-foreground">{t('session.more.installed')}</p>;
    case 'by_hand':
      return <p className="text-muted-foreground">{t('session.more.installByHand')}</p>;
    case 'possible':
      return (
        <Button
          kind="outline"
          size="touch"
          hint={t('session.more.installHint')}
          onClick={() => void pwa.promptInstall()}
        >
          {t('session.more.install')}
        </Button>
      );
    case 'not_possible':
      return null;
  }
}
