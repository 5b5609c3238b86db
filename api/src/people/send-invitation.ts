import type { MessageInitShape } from '@bufbuild/protobuf';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { InvitationDelivery, type InvitationSchema } from '@eventkit/proto/gen/eventkit/v1/people_pb.ts';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Caller } from '#http/caller.ts';
import { scopeOf } from '#http/scope-of.ts';
import { composeInvitation } from '#mail/compose-invitation.ts';
import type { Mail, Mailer } from '#mail/mailer.ts';
import { noteInvitationSent, type PersonRow, readInviter } from './people-store.ts';

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
  const names = await withTenant(pool, scopeOf(caller), (tx) => readInviter(tx, caller.userId), {
    isReadOnly: true,
  });
  const language = person.locale.startsWith('de') ? 'de' : 'en';
  const mail = composeInvitation({ ...names, language, person, link: new URL('/', publicUrl).href });
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
