import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { CompanySettings, Quota } from '@eventkit/shared/settings/company-settings.ts';

/** Which settings they are, and who made them so. */
export type SettingsVersion = {
  readonly version: number;
  /** Null where they are as they were at first. */
  readonly changedByName: string | null;
  readonly changedAt: Instant | null;
};

export async function readSettingsVersion(tx: TenantTransaction): Promise<SettingsVersion> {
  return versionOf(tx, '');
}

/** Holds the settings until the transaction ends: who changes them comes one after the other. */
export async function lockSettingsVersion(tx: TenantTransaction): Promise<SettingsVersion> {
  return versionOf(tx, 'FOR NO KEY UPDATE OF t');
}

async function versionOf(tx: TenantTransaction, lock: string): Promise<SettingsVersion> {
  const { rows } = await tx.query<SettingsVersion>(
    `SELECT t.settings_version AS version, u.name AS "changedByName", t.settings_changed_at AS "changedAt"
     FROM tenants t LEFT JOIN users u ON u.tenant_id = t.tenant_id AND u.id = t.settings_changed_by
     WHERE t.id = current_tenant_id() ${lock}`,
  );
  if (rows[0] === undefined) throw new Error('there is no company to read the settings of');
  return rows[0];
}

export async function writeSettings(
  tx: TenantTransaction,
  settings: CompanySettings,
  changedBy: string,
): Promise<void> {
  const { numberPatterns, quotas } = settings;
  const valueByColumn = {
    name: settings.name,
    address: settings.address,
    country: settings.country,
    vat_id: settings.vatId,
    tax_number: settings.taxNumber,
    currency: settings.currency,
    locale: settings.locale,
    time_zone: settings.timeZone,
    working_days: settings.workingDays,
    first_day_of_week: settings.firstDayOfWeek,
    quote_number_pattern: numberPatterns.quote,
    order_number_pattern: numberPatterns.order,
    delivery_note_number_pattern: numberPatterns.deliveryNote,
    invoice_number_pattern: numberPatterns.invoice,
    brand_colour: settings.brandColour,
    mail_sender_name: settings.mailSenderName,
    offline_lease_hours: settings.offlineLeaseHours,
    trash_days: settings.trashDays,
    audit_years: settings.auditYears,
    quota_people: quotas.people,
    quota_devices: quotas.devices,
    quota_assets: quotas.assets,
    quota_storage_megabytes: quotas.storageMegabytes,
    settings_changed_by: changedBy,
  };
  const changes = Object.keys(valueByColumn).map((column, index) => `${column} = $${index + 1}`);
  await tx.query(
    `UPDATE tenants SET ${changes.join(', ')}, settings_changed_at = now(), settings_version = settings_version + 1
     WHERE id = current_tenant_id()`,
    Object.values(valueByColumn),
  );
}

/** How much there is now of what quotas count; storage rounded up. */
export async function countUse(tx: TenantTransaction): Promise<Readonly<Record<Quota, number>>> {
  const { rows } = await tx.query<Record<Quota, number>>(
    `SELECT (SELECT count(*)::int FROM users WHERE deactivated_at IS NULL) AS people,
       (SELECT count(*)::int FROM devices WHERE revoked_at IS NULL) AS devices,
       (SELECT count(*)::int FROM assets WHERE status <> 'retired') AS assets,
       (SELECT ceil(coalesce(sum(byte_size), 0) / 1e6)::int FROM attachments WHERE uploaded_at IS NOT NULL)
         AS "storageMegabytes"`,
  );
  if (rows[0] === undefined) throw new Error('a count has a row');
  return rows[0];
}
