import { isUuid } from '@eventkit/shared/kernel/ids.ts';
import type { JobPayload } from './job-kind.ts';

/** The payload of jobs that need to know nothing but whose they are. */
export function readCompanyPayload(given: unknown): JobPayload | null {
  if (typeof given !== 'object' || given === null || !('tenantId' in given)) return null;
  const { tenantId } = given;
  return typeof tenantId === 'string' && isUuid(tenantId) ? { tenantId } : null;
}
