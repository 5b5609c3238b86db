import type { CompanySettings } from '@eventkit/shared/settings/company-settings.ts';
import type { TenantTransaction } from './tenant-transaction.ts';

/** What the transaction's company decides for itself: the one way to read it. */
export async function readCompanySettings(tx: TenantTransaction): Promise<CompanySettings> {
  const { rows } = await tx.query<CompanySettings>({
    name: 'read-company-settings',
    text: `SELECT name, address, country, vat_id AS "vatId", tax_number AS "taxNumber", currency, locale,
       time_zone AS "timeZone", working_days AS "workingDays", first_day_of_week AS "firstDayOfWeek",
       json_build_object('quote', quote_number_pattern, 'order', order_number_pattern,
         'deliveryNote', delivery_note_number_pattern, 'invoice', invoice_number_pattern) AS "numberPatterns",
       brand_colour AS "brandColour", mail_sender_name AS "mailSenderName",
       offline_lease_hours AS "offlineLeaseHours", trash_days AS "trashDays", audit_years AS "auditYears",
       json_build_object('people', quota_people, 'devices', quota_devices, 'assets', quota_assets,
         'storageMegabytes', quota_storage_megabytes) AS quotas
     FROM tenants WHERE id = current_tenant_id()`,
  });
  if (rows[0] === undefined) throw new Error('there is no company to read the settings of');
  return rows[0];
}
