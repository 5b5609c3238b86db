import type { QuotaUse } from '@eventkit/proto/gen/eventkit/v1/tenants_pb.ts';
import { weekdays } from '@eventkit/shared/settings/company-settings.ts';
import { documentNumber, faultOfPattern } from '@eventkit/shared/settings/document-number.ts';
import { fewestAuditYears } from '@eventkit/shared/settings/fewest-audit-years.ts';
import { letteringOn } from '@eventkit/shared/settings/lettering-on.ts';
import { quotaState } from '@eventkit/shared/settings/quota-state.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { pickLanguage } from '#i18n/language.ts';
import { timeZoneName, timeZones } from '#i18n/time-zone-names.ts';
import { useFormat } from '#i18n/use-format.ts';
import type { QuotaField } from './draft-settings.ts';
import { countries, currencies, weekdayName } from './known-names.ts';
import {
  Hint,
  Section,
  SettingChoice,
  SettingDuration,
  SettingLines,
  SettingText,
} from './settings-fields.tsx';
import { useSettingsForm } from './settings-form.ts';

/** Who the company is, to its people, its customers and the tax office. */
export function CompanySection() {
  const { t } = useTranslation();
  const language = useLanguage();
  const choices = useMemo(
    () => countries(language).map(({ code, name }) => ({ value: code, label: name })),
    [language],
  );
  return (
    <Section title={t('settings.company.title')}>
      <SettingText field="name" label={t('settings.company.name')} maxLength={120} />
      <SettingChoice field="country" label={t('settings.company.country')} choices={choices} />
      <SettingLines field="address" label={t('settings.company.address')} />
      <div className="grid gap-4">
        <SettingText
          field="vat_id"
          label={t('settings.company.vatId')}
          maxLength={40}
          className="[&_input]:font-mono"
        />
        <SettingText field="tax_number" label={t('settings.company.taxNumber')} maxLength={40} />
      </div>
    </Section>
  );
}

/** Language, money and time. */
export function RegionSection() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { draft } = useSettingsForm();
  const zone = draft.time_zone;
  const money = useMemo(
    () => currencies(language).map(({ code, name }) => ({ value: code, label: `${name} (${code})` })),
    [language],
  );
  const zones = useMemo(
    () => timeZones(zone).map((value) => ({ value, label: timeZoneName(value) })),
    [zone],
  );
  return (
    <Section title={t('settings.region.title')}>
      <SettingChoice
        field="locale"
        label={t('settings.region.locale')}
        choices={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
      />
      <SettingChoice field="currency" label={t('settings.region.currency')} choices={money} />
      <SettingChoice field="time_zone" label={t('settings.region.timeZone')} choices={zones} />
      <SettingChoice
        field="first_day_of_week"
        label={t('settings.region.firstDay')}
        choices={weekdays.map((day) => ({
          value: String(day),
          label: weekdayName(language, day, 'long'),
        }))}
      />
      <WorkingDays />
    </Section>
  );
}

function WorkingDays() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { draft, isDisabled, problemAt, change } = useSettingsForm();
  const isOn = (day: number) => draft.working_days.includes(String(day));
  const problem = problemAt('working_days');
  const first = Math.max(
    0,
    weekdays.findIndex((day) => String(day) === draft.first_day_of_week),
  );
  const days = [...weekdays.slice(first), ...weekdays.slice(0, first)];
  return (
    <fieldset className="min-w-0 tablet:col-span-2" disabled={isDisabled}>
      <legend className="mb-1.5 text-[14px] font-medium tablet:text-[12px]">
        {t('settings.region.workingDays')}
      </legend>
      <div className="flex gap-px overflow-hidden rounded-control border border-input bg-border">
        {days.map((day) => (
          <label
            key={day}
            className="flex min-h-12 flex-1 cursor-pointer items-center justify-center bg-background font-medium has-checked:bg-selected has-checked:text-primary-text has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-ring tablet:min-h-9"
          >
            <input
              type="checkbox"
              className="sr-only"
              aria-label={weekdayName(language, day, 'long')}
              checked={isOn(day)}
              onChange={({ target }) =>
                change(
                  'working_days',
                  weekdays.filter((other) => (other === day ? target.checked : isOn(other))).join(''),
                )
              }
            />
            {weekdayName(language, day, 'short')}
          </label>
        ))}
      </div>
      {problem !== null && <p className="mt-1.5 text-blocked-text">{problem}</p>}
    </fieldset>
  );
}

const documents = ['quote', 'order', 'delivery_note', 'invoice'] as const;
/** What the preview counts. */
const EXAMPLE = 42;

/** How documents will be numbered; each field shows what comes of it. */
export function NumbersSection() {
  const { t } = useTranslation();
  const { draft } = useSettingsForm();
  const now = nowForDisplay();
  const facts = { year: Number(now.slice(0, 4)), month: Number(now.slice(5, 7)), count: EXAMPLE };
  return (
    <Section title={t('settings.numbers.title')}>
      <div className="tablet:col-span-2">
        <Hint>{t('settings.numbers.explain')}</Hint>
      </div>
      {documents.map((document) => {
        const field = `number_patterns.${document}` as const;
        const pattern = draft[field].trim();
        return (
          <SettingText
            key={document}
            field={field}
            label={t(`settings.numbers.${document}`)}
            maxLength={40}
            className="[&_input]:font-mono"
            hint={
              faultOfPattern(pattern) === null
                ? t('settings.numbers.preview', { number: documentNumber(pattern, facts) })
                : undefined
            }
          />
        );
      })}
    </Section>
  );
}

const COLOUR = /^#[0-9a-f]{6}$/i;

/** How the company looks in its mails. */
export function BrandSection() {
  const { t } = useTranslation();
  const { draft, isDisabled, change } = useSettingsForm();
  const typed = draft.brand_colour.trim();
  const colour = COLOUR.test(typed) ? typed.toLowerCase() : '#1f1f1c';
  return (
    <Section title={t('settings.brand.title')}>
      <div className="flex items-start gap-2">
        <div className="flex-1">
          <SettingText
            field="brand_colour"
            label={t('settings.brand.colour')}
            maxLength={7}
            className="[&_input]:font-mono"
          />
        </div>
        <input
          type="color"
          aria-label={t('settings.brand.pick')}
          value={colour}
          disabled={isDisabled}
          onChange={({ target }) => change('brand_colour', target.value)}
          className="mt-[25px] h-12 w-14 flex-none cursor-pointer rounded-control border border-input bg-background p-1 tablet:mt-[23px] tablet:h-9"
        />
      </div>
      <SettingText
        field="mail_sender_name"
        label={t('settings.brand.sender')}
        maxLength={120}
        placeholder={draft.name}
        hint={t('settings.brand.senderHint')}
      />
      <figure className="rounded-panel border border-border bg-card p-4 tablet:col-span-2">
        <figcaption className="text-[14px] text-muted-foreground tablet:text-[12px]">
          {t('settings.brand.preview')}
        </figcaption>
        <p className="mt-2 font-semibold wrap-anywhere">
          {draft.mail_sender_name.trim() || draft.name.trim()}
        </p>
        <span
          className="mt-3 inline-block rounded-control px-4 py-2 font-semibold"
          style={{ background: colour, color: letteringOn(colour) }}
        >
          {t('settings.brand.button')}
        </span>
        <p className="mt-3 text-[14px] whitespace-pre-line text-muted-foreground tablet:text-[12px]">
          {[draft.name.trim(), draft.address.trim()].filter(Boolean).join('\n')}
        </p>
      </figure>
    </Section>
  );
}

/** How long devices, deleted things and the trail last. */
export function KeepingSection() {
  const { t } = useTranslation();
  const { draft } = useSettingsForm();
  const years = fewestAuditYears(draft.country);
  return (
    <Section title={t('settings.keeping.title')}>
      <SettingDuration
        field="offline_lease_hours"
        unit="h"
        label={t('settings.keeping.lease')}
        hint={t('settings.keeping.leaseHint')}
      />
      <SettingDuration
        field="trash_days"
        unit="d"
        label={t('settings.keeping.trash')}
        hint={t('settings.keeping.trashHint')}
      />
      <SettingText
        field="audit_years"
        label={t('settings.keeping.audit')}
        inputMode="numeric"
        hint={t('settings.keeping.auditHint', { years })}
      />
    </Section>
  );
}

/** Limits that warn and stop nobody, with how much there is. */
export function QuotaSection({ used }: { readonly used: QuotaUse }) {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.quotas.title')}>
      <div className="tablet:col-span-2">
        <Hint>{t('settings.quotas.explain')}</Hint>
      </div>
      <QuotaText field="quotas.people" used={used.people} label={t('settings.quotas.people')} />
      <QuotaText field="quotas.devices" used={used.devices} label={t('settings.quotas.devices')} />
      <QuotaText field="quotas.assets" used={used.assets} label={t('settings.quotas.assets')} />
      <QuotaText
        field="quotas.storage_megabytes"
        used={used.storageMegabytes}
        label={t('settings.quotas.storage')}
      />
    </Section>
  );
}

function QuotaText({
  field,
  used,
  label,
}: {
  readonly field: QuotaField;
  readonly used: number;
  readonly label: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { draft } = useSettingsForm();
  const quota = Number(draft[field].trim());
  const state = quotaState(used, Number.isInteger(quota) && quota > 0 ? quota : null);
  const words = t(`settings.quotas.${state}`, { used: format.count(used) });
  const isWarning = state === 'near' || state === 'over';
  return (
    <SettingText
      field={field}
      label={label}
      inputMode="numeric"
      hint={isWarning ? <span className="text-wrong-text">{words}</span> : words}
    />
  );
}

function useLanguage() {
  const { i18n } = useTranslation();
  return pickLanguage([i18n.language]);
}
