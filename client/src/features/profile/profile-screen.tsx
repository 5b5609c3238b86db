import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { keepLanguage, type Language } from '#i18n/language.ts';
import { changeLanguage } from '#i18n/start-i18n.ts';
import { timeZoneName, timeZones } from '#i18n/time-zone-names.ts';
import { useFormat } from '#i18n/use-format.ts';
import { useDevice } from '#platform/live/replica-context.tsx';
import { refusalOf } from '#platform/rpc/refusal-of.ts';
import { ServerReads } from '#platform/rpc/server-reads.tsx';
import { BackToMore, ServerNotices, useIsWithout } from '#platform/rpc/view/server-screen.tsx';
import { Button } from '#ui/button.tsx';
import { HoldButton } from '#ui/hold-button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { SelectField } from '#ui/select-field.tsx';
import { TextField } from '#ui/text-field.tsx';
import { type ShownProfile, useEndSession, useProfile, useSaveProfile } from './use-profile.ts';

/** What people see and change of themselves. */
export function ProfileScreen() {
  return (
    <ServerReads>
      <Profile />
    </ServerReads>
  );
}

function Profile() {
  const { t } = useTranslation();
  const isWithout = useIsWithout();
  const { data, error, refetch } = useProfile(!isWithout);
  return (
    <Screen
      header={
        <ScreenHeader back={<BackToMore />} title={t('shell.nav.profile')} facts={t('profile.explain')} />
      }
    >
      <div className="max-w-3xl">
        <ServerNotices
          isWithout={isWithout}
          hasData={data !== undefined}
          error={error}
          offlineText={t('profile.offlineText')}
          onAgain={() => void refetch()}
        />
        {data !== undefined && (
          <>
            <Person profile={data} isWithout={isWithout} />
            <Sessions sessions={data.sessions} isWithout={isWithout} />
            <Devices devices={data.devices} />
          </>
        )}
      </div>
    </Screen>
  );
}

function Person({ profile, isWithout }: { readonly profile: ShownProfile; readonly isWithout: boolean }) {
  const { t } = useTranslation();
  const save = useSaveProfile();
  const [name, setName] = useState(profile.name);
  const [language, setLanguage] = useState(profile.language);
  const [timeZone, setTimeZone] = useState(profile.timeZone);
  const zones = useMemo(() => timeZones(profile.companyTimeZone), [profile.companyTimeZone]);
  const isChanged = name !== profile.name || language !== profile.language || timeZone !== profile.timeZone;
  const isNameWrong = refusalOf(save.error)?.rulesByField.has('name') === true;
  const applyLanguage = () => {
    keepLanguage(localStorage, language);
    void changeLanguage(language);
  };
  return (
    <form
      noValidate
      className="grid gap-4 px-4 py-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate({ name, language, timeZone }, { onSuccess: applyLanguage });
      }}
    >
      <p className="wrap-anywhere text-muted-foreground">{profile.email}</p>
      <TextField
        label={t('profile.name')}
        value={name}
        maxLength={120}
        autoComplete="name"
        error={isNameWrong ? t('profile.nameWrong') : null}
        onChange={({ target }) => setName(target.value)}
      />
      <div>
        <Segmented<Language>
          legend={t('profile.language')}
          value={language}
          choices={[
            { value: 'en', label: 'English' },
            { value: 'de', label: 'Deutsch' },
          ]}
          onChange={setLanguage}
        />
        <p className="mt-1.5 text-[14px] text-muted-foreground tablet:text-[12px]">
          {t('profile.languageHint')}
        </p>
      </div>
      <div>
        <SelectField
          label={t('profile.timeZone')}
          value={timeZone}
          onChange={({ target }) => setTimeZone(target.value)}
        >
          <option value="">
            {t('profile.zoneOfCompany', { zone: timeZoneName(profile.companyTimeZone) })}
          </option>
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {timeZoneName(zone)}
            </option>
          ))}
        </SelectField>
        <p className="mt-1.5 text-[14px] text-muted-foreground tablet:text-[12px]">
          {t('profile.timeZoneHint')}
        </p>
      </div>
      <div aria-live="polite" className="empty:hidden">
        {save.isError && !isNameWrong && <Notice tone="warn" title={t('profile.failed')} />}
      </div>
      <div className="flex items-center gap-3">
        <Button type="submit" kind="primary" disabled={isWithout || save.isPending || !isChanged}>
          {t('profile.save')}
        </Button>
        <span role="status" className="text-muted-foreground">
          {save.isSuccess && !isChanged ? t('profile.saved') : ''}
        </span>
      </div>
    </form>
  );
}

function Sessions({
  sessions,
  isWithout,
}: {
  readonly sessions: ShownProfile['sessions'];
  readonly isWithout: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const end = useEndSession();
  const now = nowForDisplay();
  return (
    <section aria-label={t('profile.sessions')}>
      <SectionHeading end={format.count(sessions.length)}>{t('profile.sessions')}</SectionHeading>
      <ul>
        {sessions.map(({ id, browser, signedInAt, isThis }) => (
          <li key={id} className="flex flex-wrap items-center gap-3 border-b border-rule px-4 py-3">
            <div className="min-w-0 flex-1">
              <p className="text-[16px] font-medium tablet:text-[14px]">{browserName(browser)}</p>
              <p className="text-[14px] text-muted-foreground tablet:text-[13px]">
                {t('profile.since', { time: format.distance(signedInAt, now) })}
              </p>
            </div>
            {isThis ? (
              <span className="text-muted-foreground">{t('profile.thisOne')}</span>
            ) : (
              <HoldButton
                kind="outline"
                isDisabled={isWithout || end.isPending}
                onHeld={() => end.mutate(id)}
              >
                {t('profile.end')}
              </HoldButton>
            )}
          </li>
        ))}
      </ul>
      <p
        className="px-4 py-2 text-[14px] text-muted-foreground empty:hidden tablet:text-[12px]"
        aria-live="polite"
      >
        {end.isError ? (
          <span className="text-wrong-text">{t('profile.endFailed')}</span>
        ) : (
          sessions.some(({ isThis }) => !isThis) && t('profile.endHint')
        )}
      </p>
    </section>
  );

  function browserName(browser: ShownProfile['sessions'][number]['browser']): string {
    if (browser === null) return t('profile.unknownBrowser');
    return browser.system === null
      ? browser.browser
      : t('profile.browserOn', { browser: browser.browser, system: browser.system });
  }
}

function Devices({ devices }: { readonly devices: ShownProfile['devices'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const own = useDevice();
  const now = nowForDisplay();
  if (devices.length === 0) return null;
  return (
    <section aria-label={t('profile.devices')}>
      <SectionHeading end={format.count(devices.length)}>{t('profile.devices')}</SectionHeading>
      <ul>
        {devices.map(({ id, name, lastContactAt, isRevoked }) => (
          <li key={id} className="border-b border-rule px-4 py-3">
            <p className="flex gap-3 text-[16px] font-medium tablet:text-[14px]">
              <span className="min-w-0 flex-1 wrap-anywhere">{name}</span>
              {id === own.deviceId && (
                <span className="font-normal text-muted-foreground">{t('profile.thisOne')}</span>
              )}
            </p>
            <p className="text-[14px] text-muted-foreground tablet:text-[13px]">
              {isRevoked && <span className="text-wrong-text">{t('profile.revoked')} · </span>}
              {lastContactAt === null
                ? t('profile.neverHeard')
                : t('profile.lastHeard', { time: format.distance(lastContactAt, now) })}
            </p>
          </li>
        ))}
      </ul>
      <p className="px-4 py-2 text-[14px] text-muted-foreground tablet:text-[12px]">
        {t('profile.devicesHint')}
      </p>
    </section>
  );
}
