import type { UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import type { Stock } from './ledger-oracle.ts';

/** What the oracle has to know of a company beforehand: everything is at its first location. */
export function stockOf(tenant: UploadTenant): Stock {
  const home = `location ${tenant.locationIds[0]}`;
  const everything = [...tenant.assetIds, ...tenant.caseIds];
  return {
    baselinesById: new Map<string, string>(everything.map((id) => [id, home])),
    assetIdsByLabel: new Map<string, string>([
      ...tenant.assetIds.map((id, index) => [`A-${index}`, id] as const),
      ...tenant.caseIds.map((id, index) => [`C-${index}`, id] as const),
    ]),
    caseIds: new Set<string>(tenant.caseIds),
  };
}

/** Which asset was scanned; null for a code of nothing. */
export function assetIdIn({ assetIdsByLabel, baselinesById }: Stock) {
  return ({ code, assetId }: { readonly code: string; readonly assetId: string | null }) => {
    const id = assetId ?? assetIdsByLabel.get(code);
    return id !== undefined && baselinesById.has(id) ? id : null;
  };
}
