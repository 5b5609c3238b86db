import type { MessageInitShape } from '@bufbuild/protobuf';
import { readCompanySettings } from '@eventkit/database/read-company-settings.ts';
import { atOnceWithTenant, withTenant } from '@eventkit/database/tenant-transaction.ts';
import { together } from '@eventkit/database/together.ts';
import { InvitationDelivery, type InvitationSchema } from '@eventkit/proto/gen/eventkit/v1/people_pb.ts';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Caller } from '#http/caller.ts';
import { scopeOf } from '#http/scope-of.ts';
import { composeInvitation } from '#mail/compose-invitation.ts';
import { languageOf } from '#mail/language-of.ts';
import type { Mail, Mailer } from '#mail/mailer.ts';
import { findPerson, noteInvitationSent, type PersonRow } from './people-store.ts';

export type InvitationCapabilities = {
  readonly pool: pg.Pool;
  readonly log: Logger;
  /** Null where this server has no mail server. */
  readonly mailer: Mailer | null;
  readonly publicUrl: URL;
};

/** Sends the invitation of a person who is stored, and answers it together with what became of it. */
export async function sendInvitation(
  capabilities: InvitationCapabilities,
  caller: Caller,
  person: PersonRow,
): Promise<MessageInitShape<typeof InvitationSchema>> {
  const { pool, publicUrl } = capabilities;
  const [company, inviter] = await atOnceWithTenant(
    pool,
    scopeOf(caller),
    (tx) => together([readCompanySettings(tx), findPerson(tx, caller.userId)]),
    { isReadOnly: true, keepsPlans: true },
  );
  if (inviter === null) throw new Error(`user ${caller.userId} authenticated and cannot be read`);
  const language = languageOf(person.locale);
  const link = new URL('/', publicUrl).href;
  const mail = composeInvitation({ company, inviterName: inviter.name, language, person, link });
  const { subject, text } = mail;
  return { delivery: await deliver(capabilities, caller, person, mail), subject, text };
}

async function deliver(
  { pool, log, mailer }: InvitationCapabilities,
  caller: Caller,
  { id }: PersonRow,
  mail: Mail,
): Promise<InvitationDelivery> {
  if (mailer === null) return InvitationDelivery.NOT_SET_UP;
  try {
    await mailer.send(mail);
  } catch (thrown) {
    const { requestId, tenantId } = caller;
    log.warn({ requestId, tenantId, userId: id, err: thrown }, 'an invitation could not be sent');
    return InvitationDelivery.FAILED;
  }
  await withTenant(pool, scopeOf(caller), (tx) => noteInvitationSent(tx, id));
  return InvitationDelivery.SENT;
}
