import { findCompaniesWithEndedSessions, purgeEndedSessions } from '#auth/purge-ended-sessions.ts';
import { findCompaniesWithOldKeys, purgeOldKeys } from '#http/idempotency/purge-old-keys.ts';
import type { JobKinds } from '#jobs/job-kind.ts';
import { readCompanyPayload } from '#jobs/read-company-payload.ts';

/** Everything that is done without anybody waiting for it. */
export const jobKinds = {
  'purge-idempotency-keys': {
    readPayload: readCompanyPayload,
    attempts: 5,
    work: purgeOldKeys,
    rounds: { cron: '17 * * * *', findCompanies: findCompaniesWithOldKeys },
  },
  'purge-sessions': {
    readPayload: readCompanyPayload,
    attempts: 5,
    work: purgeEndedSessions,
    rounds: { cron: '37 * * * *', findCompanies: findCompaniesWithEndedSessions },
  },
} satisfies JobKinds;
