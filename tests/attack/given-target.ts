import { randomUUID } from 'node:crypto';
import { learnFrom } from './knowledge.ts';
import { findRpcs } from './rpcs.ts';
import { CUT_WITHIN_MS, call, type Person, type Target } from './target.ts';

export type GivenTarget = {
  readonly url: string;
  /** Access tokens, or keys of programs, of an admin each; null where there is none. */
  readonly token: string;
  readonly colleagueToken: string | null;
  readonly foreignToken: string | null;
};

/** A stack that runs somewhere, known by what its own RPCs tell to who may ask. */
export async function openGivenTarget(given: GivenTarget): Promise<Target> {
  const url = new URL(given.url).origin;
  const personOf = async (token: string | null): Promise<Person | null> =>
    token === null ? null : { token, userId: (await getMe(url, token)).userId };
  const admin = await personOf(given.token);
  const foreigner = await personOf(given.foreignToken);
  if (admin === null) throw new Error('nobody to attack as');
  const ownAnswers = await readAll(url, admin.token);
  const foreignAnswers = foreigner === null ? [] : await readAll(url, foreigner.token);
  return {
    url,
    admin,
    colleague: await personOf(given.colleagueToken),
    foreigner,
    own: learnFrom(ownAnswers, foreignAnswers),
    foreign: learnFrom(foreignAnswers, ownAnswers),
    sign: null,
    syncToken: async () => {
      const body = { deviceId: randomUUID(), name: 'attack' };
      await call({ url }, 'eventkit.v1.AuthService/RegisterDevice', { token: admin.token, body });
      const { text } = await call({ url }, 'eventkit.v1.AuthService/CreateSyncToken', {
        token: admin.token,
        body: { deviceId: body.deviceId },
      });
      return (JSON.parse(text) as { token: string }).token;
    },
    signIn: null,
    log: null,
    cutWithinMs: CUT_WITHIN_MS,
    fingerprint: foreigner === null ? null : async () => (await readAll(url, foreigner.token)).join('\n'),
  };
}

async function getMe(url: string, token: string): Promise<{ userId: string }> {
  const { status, text } = await call({ url }, 'eventkit.v1.AuthService/GetMe', { token });
  if (status !== 200) throw new Error(`a given token opens nothing: ${status} ${text}`);
  return JSON.parse(text) as { userId: string };
}

/** What every read that needs no more than a caller tells this one; the time of day is no secret and never the same. */
async function readAll(url: string, token: string): Promise<readonly string[]> {
  const reads = (await findRpcs()).filter(({ isRead, name }) => isRead && !name.endsWith('/GetTime'));
  const answers = await Promise.all(reads.map(({ name }) => call({ url }, name, { token })));
  return answers.filter(({ status }) => status === 200).map(({ text }) => text);
}
