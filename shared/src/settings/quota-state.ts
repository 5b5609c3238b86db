/** How near to its quota something is; `over` blocks nothing. */
export type QuotaState = 'none' | 'ok' | 'near' | 'over';

/** Near from 80 %, over from 100 %; `none` where there is no quota. */
export function quotaState(used: number, quota: number | null): QuotaState {
  if (quota === null) return 'none';
  if (used >= quota) return 'over';
  return used * 10 >= quota * 8 ? 'near' : 'ok';
}
