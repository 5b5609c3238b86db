import type { UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';

/** What people have to do with at one time: the things, places and events of the jobs that are on. */
export type WorkArea = Pick<
  UploadTenant,
  'assetIds' | 'caseIds' | 'locationIds' | 'eventIds' | 'vehicleIds' | 'productId' | 'pullListId' | 'lineIds'
> & {
  /** Codes that are put on things and taken off them. */
  readonly labels: readonly string[];
};

/** So much is on at one time; half of it is left when the next begins. */
const ON_AT_ONCE = { assets: 28, cases: 4, events: 3 } as const;
const COME_NEW = { assets: 14, cases: 2, events: 1 } as const;

/** How large a company is in which so many areas are worked through. */
export function sizeOfAreas(count: number): Record<'assets' | 'cases' | 'events', number> {
  const sizeOf = (what: 'assets' | 'cases' | 'events') => ON_AT_ONCE[what] + (count - 1) * COME_NEW[what];
  return { assets: sizeOf('assets'), cases: sizeOf('cases'), events: sizeOf('events') };
}

/** The n-th area of a company, counted from nought; the last one where there are not so many. */
export function areaAt(tenant: UploadTenant, n: number): WorkArea {
  const part = <Id>(ids: readonly Id[], what: 'assets' | 'cases' | 'events'): readonly Id[] => {
    const last = Math.max(0, ids.length - ON_AT_ONCE[what]);
    const from = Math.min(n * COME_NEW[what], last);
    return ids.slice(from, from + ON_AT_ONCE[what]);
  };
  return {
    ...tenant,
    assetIds: part(tenant.assetIds, 'assets'),
    caseIds: part(tenant.caseIds, 'cases'),
    eventIds: part(tenant.eventIds, 'events'),
    labels: [...[0, 1, 2].map((label) => `X-${n}-${label}`), 'A-1'],
  };
}

/** All that a small company has is on. */
export function wholeArea(tenant: UploadTenant): WorkArea {
  return { ...tenant, labels: ['X-0', 'X-1', 'X-2', 'A-1'] };
}
