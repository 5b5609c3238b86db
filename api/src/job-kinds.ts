import { findCompaniesWithEndedSessions, purgeEndedSessions } from '#auth/purge-ended-sessions.ts';
import type { BlobStore } from '#blobs/blob-store.ts';
import {
  findCompaniesWithEndedBlobs,
  findCompaniesWithOldFiles,
  purgeFiles,
  removeEndedBlobs,
} from '#blobs/purge-blobs.ts';
import { findCompaniesWithOldKeys, purgeOldKeys } from '#http/idempotency/purge-old-keys.ts';
import type { JobKinds } from '#jobs/job-kind.ts';
import { readCompanyPayload } from '#jobs/read-company-payload.ts';
import type { Mailer } from '#mail/mailer.ts';
import { findCompaniesWithDues } from '#notifications/find-companies-with-dues.ts';
import { mailDigests } from '#notifications/mail-digests.ts';
import {
  findCompaniesWithOldNotifications,
  purgeOldNotifications,
} from '#notifications/purge-old-notifications.ts';
import { pushDue } from '#notifications/push-due.ts';
import type { Pusher } from '#notifications/send-push.ts';
import { findCompaniesWithSilentDevices, tellSilentDevices } from '#notifications/tell-silent-devices.ts';
import { findSignUpsToMail, mailSignUp } from '#sign-up/mail-sign-ups.ts';
import { findOldSignUps, purgeOldSignUp } from '#sign-up/purge-old-sign-ups.ts';
import { findCompaniesWithOldTrash, purgeTrash } from '#trash/purge-trash.ts';

/** Everything that is done without anybody waiting for it. `mail` is null where there is no mail server. */
export function createJobKinds({
  mail,
  pusher,
  silentAfterDays,
  blobs,
}: {
  readonly mail: { readonly mailer: Mailer; readonly publicUrl: URL } | null;
  readonly pusher: Pusher;
  /** After how many days without a word a device is told of. */
  readonly silentAfterDays: number;
  readonly blobs: BlobStore;
}) {
  return {
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
    'purge-trash': {
      readPayload: readCompanyPayload,
      attempts: 5,
      work: purgeTrash,
      rounds: { cron: '7 2 * * *', findCompanies: findCompaniesWithOldTrash },
    },
    'purge-notifications': {
      readPayload: readCompanyPayload,
      attempts: 5,
      work: purgeOldNotifications,
      rounds: { cron: '27 2 * * *', findCompanies: findCompaniesWithOldNotifications },
    },
    'push-notifications': {
      readPayload: readCompanyPayload,
      attempts: 3,
      work: (tx) => pushDue(pusher, tx),
      rounds: { cron: '* * * * *', findCompanies: (pool) => findCompaniesWithDues(pool, 'push') },
    },
    'tell-silent-devices': {
      readPayload: readCompanyPayload,
      attempts: 5,
      work: (tx) => tellSilentDevices(tx, silentAfterDays),
      rounds: {
        cron: '7 5 * * *',
        findCompanies: (pool) => findCompaniesWithSilentDevices(pool, silentAfterDays),
      },
    },
    'mail-digests': {
      readPayload: readCompanyPayload,
      attempts: 3,
      work: async (tx) => (mail === null ? 0 : mailDigests(mail, tx)),
      rounds: {
        // It is morning somewhere each half hour.
        cron: '*/30 * * * *',
        findCompanies: async (pool) => (mail === null ? [] : findCompaniesWithDues(pool, 'mail')),
      },
    },
    'purge-files': {
      readPayload: readCompanyPayload,
      attempts: 5,
      work: purgeFiles,
      rounds: { cron: '57 2 * * *', findCompanies: findCompaniesWithOldFiles },
    },
    'remove-blobs': {
      readPayload: readCompanyPayload,
      attempts: 5,
      work: (tx) => removeEndedBlobs(blobs, tx),
      rounds: { cron: '*/10 * * * *', findCompanies: findCompaniesWithEndedBlobs },
    },
    'mail-sign-ups': {
      readPayload: readCompanyPayload,
      attempts: 8,
      work: async (tx, { tenantId }) => (mail === null ? 0 : mailSignUp(mail, tx, tenantId)),
      rounds: {
        cron: '* * * * *',
        findCompanies: async (pool) => (mail === null ? [] : findSignUpsToMail(pool)),
      },
    },
    'purge-sign-ups': {
      readPayload: readCompanyPayload,
      attempts: 5,
      work: purgeOldSignUp,
      rounds: { cron: '47 3 * * *', findCompanies: findOldSignUps },
    },
  } satisfies JobKinds;
}
