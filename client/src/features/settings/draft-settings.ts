import type { MessageInitShape } from '@bufbuild/protobuf';
import type { CompanySettings, CompanySettingsSchema } from '@eventkit/proto/gen/eventkit/v1/tenants_pb.ts';
import { weekdays } from '@eventkit/shared/settings/company-settings.ts';

const texts = [
  'name',
  'address',
  'country',
  'vat_id',
  'tax_number',
  'currency',
  'locale',
  'time_zone',
  'brand_colour',
  'mail_sender_name',
  'number_patterns.quote',
  'number_patterns.order',
  'number_patterns.delivery_note',
  'number_patterns.invoice',
] as const;
const numbers = ['first_day_of_week', 'offline_lease_hours', 'trash_days', 'audit_years'] as const;
const limits = ['quotas.people', 'quotas.devices', 'quotas.assets', 'quotas.storage_megabytes'] as const;

/** All fields by the names that the wire has for them, as refusals name them too. */
export const settingsFields = [...texts, ...numbers, ...limits, 'working_days'] as const;
export type SettingsField = (typeof settingsFields)[number];
export type QuotaField = (typeof limits)[number];

/** What stands in the fields, as typed; working days as digits, e.g. 12345. */
export type DraftSettings = Readonly<Record<SettingsField, string>>;

export function draftOf(settings: CompanySettings): DraftSettings {
  const { numberPatterns, quotas } = settings;
  const limit = (value: number | undefined) => (value === undefined ? '' : String(value));
  return {
    name: settings.name,
    address: settings.address,
    country: settings.country,
    vat_id: settings.vatId,
    tax_number: settings.taxNumber,
    currency: settings.currency,
    locale: settings.locale,
    time_zone: settings.timeZone,
    working_days: settings.workingDays.join(''),
    first_day_of_week: String(settings.firstDayOfWeek),
    'number_patterns.quote': numberPatterns?.quote ?? '',
    'number_patterns.order': numberPatterns?.order ?? '',
    'number_patterns.delivery_note': numberPatterns?.deliveryNote ?? '',
    'number_patterns.invoice': numberPatterns?.invoice ?? '',
    brand_colour: settings.brandColour,
    mail_sender_name: settings.mailSenderName,
    offline_lease_hours: String(settings.offlineLeaseHours),
    trash_days: String(settings.trashDays),
    audit_years: String(settings.auditYears),
    'quotas.people': limit(quotas?.people),
    'quotas.devices': limit(quotas?.devices),
    'quotas.assets': limit(quotas?.assets),
    'quotas.storage_megabytes': limit(quotas?.storageMegabytes),
  };
}

export function settingsOfDraft(draft: DraftSettings): MessageInitShape<typeof CompanySettingsSchema> {
  const limit = (field: QuotaField) => (draft[field].trim() === '' ? undefined : numberIn(draft[field]));
  return {
    name: draft.name,
    address: draft.address.trim().replaceAll('\r\n', '\n'),
    country: draft.country,
    vatId: draft.vat_id,
    taxNumber: draft.tax_number,
    currency: draft.currency,
    locale: draft.locale,
    timeZone: draft.time_zone,
    workingDays: weekdays.filter((day) => draft.working_days.includes(String(day))),
    firstDayOfWeek: numberIn(draft.first_day_of_week),
    numberPatterns: {
      quote: draft['number_patterns.quote'],
      order: draft['number_patterns.order'],
      deliveryNote: draft['number_patterns.delivery_note'],
      invoice: draft['number_patterns.invoice'],
    },
    brandColour: draft.brand_colour.trim(),
    mailSenderName: draft.mail_sender_name,
    offlineLeaseHours: numberIn(draft.offline_lease_hours),
    trashDays: numberIn(draft.trash_days),
    auditYears: numberIn(draft.audit_years),
    quotas: {
      people: limit('quotas.people'),
      devices: limit('quotas.devices'),
      assets: limit('quotas.assets'),
      storageMegabytes: limit('quotas.storage_megabytes'),
    } as NonNullable<MessageInitShape<typeof CompanySettingsSchema>['quotas']>,
  };
}

export function changedFields(base: DraftSettings, draft: DraftSettings): readonly SettingsField[] {
  return settingsFields.filter((field) => base[field] !== draft[field]);
}

/**
 * The draft on top of what somebody else has made of the settings meanwhile: what was changed here stays, the rest is
 * theirs. `clashes` are the fields that both have changed, and not to the same.
 */
export function rebaseDraft(
  base: DraftSettings,
  draft: DraftSettings,
  latest: DraftSettings,
): { readonly draft: DraftSettings; readonly clashes: readonly SettingsField[] } {
  const own = new Set(changedFields(base, draft));
  const merged = settingsFields.map((field) => [field, own.has(field) ? draft[field] : latest[field]]);
  const clashes = settingsFields.filter(
    (field) => own.has(field) && latest[field] !== base[field] && latest[field] !== draft[field],
  );
  return { draft: Object.fromEntries(merged) as DraftSettings, clashes };
}

/** 0 for what is no number that the wire could carry: the server refuses it at its field, as it does each other. */
function numberIn(text: string): number {
  const number = Number(text.trim());
  return Number.isInteger(number) && number > 0 && number < 2 ** 32 ? number : 0;
}
