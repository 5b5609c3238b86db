import { useBlocker } from '@tanstack/react-router';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { refusalOf } from '#platform/rpc/refusal-of.ts';
import { BackToMore, ServerNotices, ServerScreen, useIsWithout } from '#platform/rpc/view/server-screen.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { changedFields, rebaseDraft, type SettingsField } from './draft-settings.ts';
import { type SettingsForm, SettingsFormContext } from './settings-form.ts';
import {
  BrandSection,
  CompanySection,
  KeepingSection,
  NumbersSection,
  QuotaSection,
  RegionSection,
} from './settings-sections.tsx';
import { type ReadSettings, type ShownSettings, useSaveSettings, useSettings } from './use-settings.ts';

/** What the company decides for itself. */
export function SettingsScreen() {
  const { t } = useTranslation();
  return (
    <ServerScreen
      title={t('shell.nav.companySettings')}
      permission="settings:manage"
      refusal={t('settings.notAllowedText')}
    >
      <Settings />
    </ServerScreen>
  );
}

function Settings() {
  const { t } = useTranslation();
  const isWithout = useIsWithout();
  const { data, error, refetch } = useSettings(!isWithout);
  const readAgain = async () => (await refetch({ throwOnError: true })).data ?? null;
  if (data !== undefined) return <Form read={data} isWithout={isWithout} readAgain={readAgain} />;
  return (
    <Screen header={<Header />}>
      <ServerNotices
        isWithout={isWithout}
        hasData={false}
        error={error}
        offlineText={t('settings.offlineText')}
        onAgain={() => void refetch()}
      />
    </Screen>
  );
}

function Header() {
  const { t } = useTranslation();
  return (
    <ScreenHeader
      back={<BackToMore />}
      title={t('shell.nav.companySettings')}
      facts={t('settings.explain')}
    />
  );
}

/** What somebody else did while these fields were filled in. */
type Meanwhile = { readonly byName: string; readonly clashes: readonly SettingsField[] };

function Form({
  read,
  isWithout,
  readAgain,
}: {
  readonly read: ReadSettings;
  readonly isWithout: boolean;
  readonly readAgain: () => Promise<ReadSettings | null>;
}) {
  const { t } = useTranslation();
  const save = useSaveSettings();
  const [base, setBase] = useState<ShownSettings>(read.settings);
  const [draft, setDraft] = useState(read.settings.draft);
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null);
  const changed = changedFields(base.draft, draft);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (save.isError) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [save.isError]);
  const rules = refusalOf(save.error)?.rulesByField;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (save.isPending || changed.length === 0) return;
    save.mutate(
      { draft, version: base.version },
      {
        onSuccess: (stored) => {
          setBase(stored);
          setDraft(stored.draft);
          setMeanwhile(null);
        },
        onError: (error) => {
          if (refusalOf(error)?.reason === 'changed_meanwhile') void takeTheirs();
        },
      },
    );
  };
  const takeTheirs = async () => {
    const latest = (await readAgain())?.settings;
    if (latest === undefined) return;
    const rebased = rebaseDraft(base.draft, draft, latest.draft);
    setBase(latest);
    setDraft(rebased.draft);
    setMeanwhile({ byName: latest.changedByName, clashes: rebased.clashes });
    save.reset();
  };
  const fields: SettingsForm = {
    draft,
    isDisabled: isWithout || save.isPending,
    problemAt: (field) => {
      if (rules?.has(`settings.${field}`)) return t(`settings.problem.${problemKey(field)}`);
      if (meanwhile?.clashes.includes(field))
        return t('settings.meanwhile.field', {
          name: meanwhile.byName,
          value: base.draft[field] || t('settings.meanwhile.empty'),
        });
      return null;
    },
    change: (field, text) => {
      setDraft((before) => ({ ...before, [field]: text }));
      if (save.isSuccess) save.reset();
    },
  };
  return (
    <form ref={form} noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <Screen
        header={<Header />}
        footer={
          <>
            <div className="grid gap-3 px-4 not-empty:py-3" aria-live="polite">
              {meanwhile !== null && (
                <Notice tone="warn" title={t('settings.meanwhile.title', { name: meanwhile.byName })}>
                  {t(meanwhile.clashes.length > 0 ? 'settings.meanwhile.clash' : 'settings.meanwhile.merged')}
                </Notice>
              )}
              <Failure error={save.error} />
            </div>
            <SaveBar
              changedCount={changed.length}
              isSaved={save.isSuccess && changed.length === 0}
              isDisabled={fields.isDisabled}
              onDiscard={() => {
                setDraft(base.draft);
                setMeanwhile(null);
                save.reset();
              }}
            />
          </>
        }
      >
        <div className="max-w-4xl">
          <div className="grid gap-3 px-4 not-empty:pb-3" aria-live="polite">
            {isWithout && (
              <Notice tone="offline" title={t('server.offlineTitle')}>
                {t('settings.offlineKept')}
              </Notice>
            )}
          </div>
          <SettingsFormContext value={fields}>
            <CompanySection />
            <RegionSection />
            <BrandSection />
            <NumbersSection />
            <KeepingSection />
            <QuotaSection used={read.used} />
          </SettingsFormContext>
        </div>
      </Screen>
      <Leaving isUnsaved={changed.length > 0} />
    </form>
  );
}

function Failure({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const refusal = refusalOf(error);
  if (error === null || refusal?.reason === 'changed_meanwhile') return null;
  if (refusal?.reason === 'invalid')
    return <Notice tone="warn" title={t('settings.invalid', { count: refusal.rulesByField.size })} />;
  return (
    <Notice tone="warn" title={t('server.failedTitle')}>
      {t('settings.failedText')}
    </Notice>
  );
}

function SaveBar({
  changedCount,
  isSaved,
  isDisabled,
  onDiscard,
}: {
  readonly changedCount: number;
  readonly isSaved: boolean;
  readonly isDisabled: boolean;
  readonly onDiscard: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const isNothing = changedCount === 0;
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 border-t border-border bg-background px-4 py-3">
      <p role="status" className={isNothing ? 'flex-1 text-muted-foreground' : 'flex-1 font-medium'}>
        {isNothing
          ? t(isSaved ? 'settings.saved' : 'settings.unchanged')
          : t('settings.unsaved', { count: changedCount, shown: format.count(changedCount) })}
      </p>
      <Button kind="outline" disabled={isNothing || isDisabled} onClick={onDiscard}>
        {t('settings.discard')}
      </Button>
      <Button type="submit" kind="primary" disabled={isNothing || isDisabled}>
        {t('settings.save')}
      </Button>
    </div>
  );
}

/** Nobody leaves with something unsaved and does not know it. */
function Leaving({ isUnsaved }: { readonly isUnsaved: boolean }) {
  const { t } = useTranslation();
  const blocker = useBlocker({
    shouldBlockFn: () => isUnsaved,
    enableBeforeUnload: () => isUnsaved,
    withResolver: true,
  });
  const actions = useMemo(
    () => (blocker.status === 'blocked' ? { stay: blocker.reset, leave: blocker.proceed } : null),
    [blocker],
  );
  return (
    <Sheet
      title={t('settings.leave.title')}
      isOpen={actions !== null}
      onClose={() => actions?.stay()}
      closeLabel={t('common.close')}
    >
      <div className="grid gap-4">
        <p>{t('settings.leave.text')}</p>
        <div className="flex flex-wrap gap-2">
          <Button kind="primary" onClick={() => actions?.stay()}>
            {t('settings.leave.stay')}
          </Button>
          <Button kind="outline" onClick={() => actions?.leave()}>
            {t('settings.leave.leave')}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}

/** Several fields have one rule. */
function problemKey(field: SettingsField) {
  if (field.startsWith('number_patterns.')) return 'number_pattern';
  if (field.startsWith('quotas.')) return 'quota';
  return field as Exclude<SettingsField, `number_patterns.${string}` | `quotas.${string}`>;
}
