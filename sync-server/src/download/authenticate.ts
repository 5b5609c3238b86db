import type { IncomingMessage } from 'node:http';
import type { Departures } from '#oplog/departures.ts';
import { HttpProblem } from './http-problem.ts';
import type { SyncClaims, VerifySyncToken } from './verify-sync-token.ts';

/** Who the token was made for. Throws a 401 where it proves nothing, or they are not of the company any more. */
export async function authenticate(
  { verifySyncToken, departures }: { verifySyncToken: VerifySyncToken; departures: Departures },
  request: IncomingMessage,
): Promise<SyncClaims> {
  const found = /^(?:Token|Bearer) +([^\s]+)$/i.exec(request.headers.authorization ?? '');
  if (found?.[1] === undefined)
    throw new HttpProblem(401, 'PSYNC_S2106', 'an authorization header is needed');
  const outcome = await verifySyncToken(found[1]);
  if (!outcome.ok) throw new HttpProblem(401, 'PSYNC_S2101', outcome.problem);
  if (hasDeparted(departures, outcome.claims)) throw departed();
  return outcome.claims;
}

export function departed(): HttpProblem {
  return new HttpProblem(
    401,
    'PSYNC_S2101',
    'the device was revoked, its user deactivated, or the user given other rights',
  );
}

/** A token outlives the right it was made by for some minutes; the row of its user and device tells sooner. */
export function hasDeparted(departures: Departures, claims: SyncClaims): boolean {
  const device = claims['device_id'];
  return (
    departures.has('users', claims.sub) || (typeof device === 'string' && departures.has('devices', device))
  );
}
