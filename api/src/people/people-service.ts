import type { ServiceImpl } from '@connectrpc/connect';
import {
  atOnceWithTenant,
  type TenantTransaction,
  withTenant,
} from '@eventkit/database/tenant-transaction.ts';
import {
  InvitationDelivery,
  type PeopleService,
  PersonState,
} from '@eventkit/proto/gen/eventkit/v1/people_pb.ts';
import type { NewId } from '@eventkit/shared/kernel/ids.ts';
import type { Result } from '@eventkit/shared/kernel/result.ts';
import type { TokenRevocation } from '#auth/token-revocation.ts';
import { type Caller, callerOf } from '#http/caller.ts';
import { connectErrorOf, type DomainError } from '#http/connect-error-of.ts';
import { orRefuse } from '#http/or-refuse.ts';
import { decodePageToken, encodePageToken, pageOf, pageSizeOf } from '#http/page-token.ts';
import { scopeOf } from '#http/scope-of.ts';
import { addPerson, changeDetails, changePerson, letInAgain, shutOut } from './change-person.ts';
import { personMessage, storedRoleOf } from './people-messages.ts';
import { findPerson, listPeople, type PersonPosition, type PersonRow } from './people-store.ts';
import { type InvitationCapabilities, sendInvitation } from './send-invitation.ts';
import { trimmedName } from './trimmed-name.ts';

/** The people of the caller's company. */
export function createPeopleService(
  capabilities: InvitationCapabilities & {
    readonly newId: NewId;
    readonly tokenRevocation: Pick<TokenRevocation, 'begin'>;
  },
): ServiceImpl<typeof PeopleService> {
  const { pool, newId, tokenRevocation } = capabilities;
  const write = <T>(caller: Caller, use: (tx: TenantTransaction) => Promise<Result<T, DomainError>>) =>
    withTenant(pool, scopeOf(caller), async (tx) => orRefuse(await use(tx)));
  return {
    async listPeople(request, context) {
      const search = request.search.trim().toLowerCase();
      const list = `people:${request.state}:${search}`;
      const position = orRefuse(decodePageToken(list, ['string', 'uuid'], request.pageToken));
      const size = pageSizeOf(request.pageSize);
      const wanted = {
        after: position as PersonPosition | null,
        limit: size + 1,
        search,
        isActive: request.state === PersonState.UNSPECIFIED ? null : request.state === PersonState.ACTIVE,
      };
      const found = await atOnceWithTenant(pool, scopeOf(callerOf(context)), (tx) => listPeople(tx, wanted), {
        isReadOnly: true,
        keepsPlans: true,
      });
      const page = pageOf(found, size, ({ sortName, id }) => encodePageToken(list, [sortName, id]));
      return { people: page.rows.map(personMessage), nextPageToken: page.nextPageToken };
    },

    async invitePerson(request, context) {
      const caller = callerOf(context);
      const id = newId();
      const name = orRefuse(trimmedName(request.name));
      const email = request.email.toLowerCase();
      if (request.role === undefined) throw new Error('a request that was not looked at');
      const role = storedRoleOf(request.role);
      const { locale } = request;
      const person = await write(caller, (tx) => addPerson(tx, { id, name, email, locale, ...role }));
      return invited(caller, person);
    },

    async resendInvitation({ personId }, context) {
      const caller = callerOf(context);
      const person = await withTenant(pool, scopeOf(caller), (tx) => findPerson(tx, personId.toLowerCase()), {
        isReadOnly: true,
      });
      if (person === null) throw connectErrorOf({ tag: 'not_found', what: 'person', field: 'person_id' });
      if (person.deactivatedAt !== null)
        throw connectErrorOf({ tag: 'person_deactivated', field: 'person_id' });
      if (person.hasSignedIn) throw connectErrorOf({ tag: 'already_signed_in', field: 'person_id' });
      return invited(caller, person);
    },

    async updatePerson(request, context) {
      const caller = callerOf(context);
      const { locale } = request;
      const personId = request.personId.toLowerCase();
      const details = {
        ...(request.name === undefined ? {} : { name: orRefuse(trimmedName(request.name)) }),
        ...(locale === undefined ? {} : { locale }),
      };
      if (request.role === undefined) {
        const changed = await atOnceWithTenant(
          pool,
          scopeOf(caller),
          (tx) => changeDetails(tx, personId, details),
          { keepsPlans: true },
        );
        return { person: personMessage(orRefuse(changed)) };
      }
      const change = { ...details, role: storedRoleOf(request.role) };
      const person = await write(caller, (tx) => changePerson(tx, caller, personId, change));
      return { person: personMessage(person) };
    },

    async deactivatePerson({ personId }, context) {
      const caller = callerOf(context);
      const { person, refreshTokens } = await write(caller, (tx) =>
        shutOut(tx, caller, personId.toLowerCase()),
      );
      tokenRevocation.begin(refreshTokens);
      return { person: personMessage(person) };
    },

    async reactivatePerson({ personId }, context) {
      const caller = callerOf(context);
      const person = await write(caller, (tx) => letInAgain(tx, caller, personId.toLowerCase()));
      return { person: personMessage(person) };
    },
  };

  /** Sent after the commit: a mail server that does not answer holds nothing up, and nobody is invited who is not there. */
  async function invited(caller: Caller, person: PersonRow) {
    const invitation = await sendInvitation(capabilities, caller, person);
    if (invitation.delivery !== InvitationDelivery.SENT) return { person: personMessage(person), invitation };
    const now = await withTenant(pool, scopeOf(caller), (tx) => findPerson(tx, person.id), {
      isReadOnly: true,
    });
    return { person: personMessage(now ?? person), invitation };
  }
}
