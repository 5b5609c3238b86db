import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  CompanySettings as CompanySettingsMessage,
  CompanySettingsSchema,
  StoredSettingsSchema,
} from '@eventkit/proto/gen/eventkit/v1/tenants_pb.ts';
import { microsOf } from '@eventkit/shared/kernel/instant.ts';
import { type CompanySettings, type Quota, quotas } from '@eventkit/shared/settings/company-settings.ts';
import type { SettingsVersion } from './settings-store.ts';

export function storedSettingsMessage(
  settings: CompanySettings,
  { version, changedByName, changedAt }: SettingsVersion,
): MessageInitShape<typeof StoredSettingsSchema> {
  return {
    settings: settingsMessage(settings),
    version,
    changedByName: changedByName ?? '',
    ...(changedAt === null ? {} : { changedAtMicros: microsOf(changedAt) }),
  };
}

/** With what people leave around a value taken off. */
export function settingsOf(message: CompanySettingsMessage): CompanySettings {
  const { numberPatterns, quotas: given } = message;
  if (numberPatterns === undefined) throw new Error('a request that was not looked at');
  return {
    name: message.name.trim(),
    address: message.address.trim(),
    country: message.country,
    vatId: message.vatId.trim().toUpperCase(),
    taxNumber: message.taxNumber.trim(),
    currency: message.currency,
    locale: message.locale,
    timeZone: message.timeZone,
    workingDays: message.workingDays.toSorted((a, b) => a - b),
    firstDayOfWeek: message.firstDayOfWeek,
    numberPatterns: {
      quote: numberPatterns.quote.trim(),
      order: numberPatterns.order.trim(),
      deliveryNote: numberPatterns.deliveryNote.trim(),
      invoice: numberPatterns.invoice.trim(),
    },
    brandColour: message.brandColour.toLowerCase(),
    mailSenderName: message.mailSenderName.trim(),
    offlineLeaseHours: message.offlineLeaseHours,
    trashDays: message.trashDays,
    auditYears: message.auditYears,
    quotas: Object.fromEntries(quotas.map((quota) => [quota, given?.[quota] ?? null])) as Record<
      Quota,
      number | null
    >,
  };
}

function settingsMessage(settings: CompanySettings): MessageInitShape<typeof CompanySettingsSchema> {
  const limited = quotas.flatMap((quota) => {
    const limit = settings.quotas[quota];
    return limit === null ? [] : [[quota, limit] as const];
  });
  return {
    ...settings,
    workingDays: [...settings.workingDays],
    numberPatterns: { ...settings.numberPatterns },
    quotas: Object.fromEntries(limited),
  };
}
