import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { ProfileService } from '@eventkit/proto/gen/eventkit/v1/profile_pb.ts';
import { microsOf } from '@eventkit/shared/kernel/instant.ts';
import type pg from 'pg';
import { hashOfSecret } from '#auth/hash-of-secret.ts';
import { readCookie } from '#auth/session-cookie.ts';
import type { TokenRevocation } from '#auth/token-revocation.ts';
import { callerOf } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { orRefuse } from '#http/or-refuse.ts';
import { scopeOf } from '#http/scope-of.ts';
import { knownTimeZone } from './known-time-zone.ts';
import { findPerson, type PersonRow, updatePerson } from './people-store.ts';
import {
  endOwnSession,
  listOwnDevices,
  listOwnSessions,
  type OwnDeviceRow,
  type OwnSessionRow,
  readTimeZones,
  writeOwnTimeZone,
} from './profile-store.ts';
import { trimmedName } from './trimmed-name.ts';

/** What people see and change of themselves: every query is by the caller's own id. */
export function createProfileService(capabilities: {
  readonly pool: pg.Pool;
  readonly publicUrl: URL;
  readonly tokenRevocation: Pick<TokenRevocation, 'begin'>;
}): ServiceImpl<typeof ProfileService> {
  const { pool, publicUrl, tokenRevocation } = capabilities;
  return {
    async getProfile(_request, context) {
      const caller = callerOf(context);
      const { person, zones, sessions, devices } = await withTenant(
        pool,
        scopeOf(caller),
        async (tx) => ({
          person: themselves(await findPerson(tx, caller.userId)),
          zones: await readTimeZones(tx, caller.userId),
          sessions: await listOwnSessions(tx, caller.userId, ownHash(context)),
          devices: await listOwnDevices(tx, caller.userId),
        }),
        { isReadOnly: true },
      );
      const { name, email, locale } = person;
      return {
        name,
        email,
        locale,
        timeZone: zones.own ?? '',
        companyTimeZone: zones.company,
        sessions: sessions.map(sessionMessage),
        devices: devices.map(deviceMessage),
      };
    },

    async updateProfile(request, context) {
      const caller = callerOf(context);
      const given = request.name === undefined ? null : orRefuse(trimmedName(request.name));
      const zone = request.timeZone === undefined ? null : orRefuse(knownTimeZone(request.timeZone));
      return withTenant(pool, scopeOf(caller), async (tx) => {
        const person = themselves(await findPerson(tx, caller.userId));
        const changed = { name: given ?? person.name, locale: request.locale ?? person.locale };
        await updatePerson(tx, { ...person, ...changed });
        if (zone !== null) await writeOwnTimeZone(tx, caller.userId, zone === '' ? null : zone);
        const { own } = await readTimeZones(tx, caller.userId);
        return { ...changed, timeZone: own ?? '' };
      });
    },

    async endSession({ sessionId }, context) {
      const caller = callerOf(context);
      const refreshTokens = await withTenant(pool, scopeOf(caller), (tx) =>
        endOwnSession(tx, caller.userId, sessionId.toLowerCase()),
      );
      if (refreshTokens === null)
        throw connectErrorOf({ tag: 'not_found', what: 'session', field: 'session_id' });
      tokenRevocation.begin(refreshTokens);
      return {};
    },
  };

  /** Of the session that asks; null where a token does. */
  function ownHash({ requestHeader }: Pick<HandlerContext, 'requestHeader'>): Buffer | null {
    const id = readCookie('session', publicUrl, requestHeader.get('cookie') ?? '');
    return id === null ? null : hashOfSecret(id);
  }
}

function themselves(person: PersonRow | null): PersonRow {
  if (person === null) throw new Error('somebody authenticated and cannot be read');
  return person;
}

function sessionMessage({ id, createdAt, expiresAt, userAgent, isThis }: OwnSessionRow) {
  const [signedInAtMicros, expiresAtMicros] = [microsOf(createdAt), microsOf(expiresAt)];
  return { sessionId: id, signedInAtMicros, expiresAtMicros, userAgent, isThis };
}

function deviceMessage({ id, name, isRevoked, lastContactAt }: OwnDeviceRow) {
  const contact = lastContactAt === null ? {} : { lastContactAtMicros: microsOf(lastContactAt) };
  return { deviceId: id, name, isRevoked, ...contact };
}
