import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { CompanySettings } from '@eventkit/shared/settings/company-settings.ts';
import { settingsFaults } from '@eventkit/shared/settings/settings-faults.ts';
import type { Caller } from '#http/caller.ts';
import type { DomainError } from '#http/connect-error-of.ts';
import { lockSettingsVersion, writeSettings } from './settings-store.ts';

/**
 * Writes all settings, unless somebody else has done so since `version`: what they changed would be lost, and nobody
 * would know.
 */
export async function changeSettings(
  tx: TenantTransaction,
  { userId }: Caller,
  settings: CompanySettings,
  version: number,
): Promise<Result<null, DomainError>> {
  const faults = settingsFaults(settings);
  if (faults.length > 0) return err({ tag: 'invalid', violations: faults.map(violationOf) });
  const now = await lockSettingsVersion(tx);
  if (now.version !== version)
    return err({
      tag: 'changed_meanwhile',
      field: 'version',
      holderNames: now.changedByName === null ? [] : [now.changedByName],
    });
  await writeSettings(tx, settings, userId);
  return ok(null);
}

function violationOf({ field, rule }: { readonly field: string; readonly rule: string }) {
  return { field: `settings.${wireNameOf(field)}`, rule, message: `The rule ${rule} is broken.` };
}

/** As the wire names it: vatId is vat_id there. */
function wireNameOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
