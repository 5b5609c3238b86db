import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import {
  signInWithTicket,
  TicketSignInError,
} from '@eventkit/api/auth/embedded-provider/sign-in-with-ticket.ts';
import { AuthService } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import { uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import { CliError } from '#cli-error.ts';
import type { Config } from '#config.ts';
import { systemClock } from '#system-clock.ts';
import { findRunning } from './find-running.ts';

/** Prints a token of a demo user, got the way an app gets it: nothing is signed here. */
export async function token(
  config: Config,
  { user, audience }: { readonly user: string; readonly audience: 'api' | 'sync' },
): Promise<void> {
  const { url } = await findRunning(config.dataDir);
  console.log(await fetchToken({ url, dataDir: config.dataDir, user, audience }));
}

/** An access token for the API, or, with the audience sync, a sync token for this folder's own device. */
export async function fetchToken(wanted: {
  readonly url: string;
  readonly dataDir: string;
  readonly user: string;
  readonly audience: 'api' | 'sync';
}): Promise<string> {
  const { url, dataDir, user, audience } = wanted;
  const accessToken = await signIn(url, dataDir, user);
  if (audience === 'api') return accessToken;
  const transport = createConnectTransport({ baseUrl: url, httpVersion: '1.1' });
  return createSyncToken(createClient(AuthService, transport), accessToken, await ownDeviceId(dataDir));
}

async function signIn(url: string, dataDir: string, email: string): Promise<string> {
  try {
    const folder = join(dataDir, 'keys');
    return await signInWithTicket({ clock: systemClock }, { publicUrl: new URL(url), folder, email });
  } catch (thrown) {
    if (!(thrown instanceof TicketSignInError)) throw thrown;
    throw new CliError(`No token for ${email}: ${thrown.message}.`, { cause: thrown });
  }
}

async function createSyncToken(client: Client<typeof AuthService>, accessToken: string, deviceId: string) {
  const headers = { authorization: `Bearer ${accessToken}` };
  await client.registerDevice({ deviceId, name: 'Command line' }, { headers });
  const { token } = await client.createSyncToken({ deviceId }, { headers });
  return token;
}

/** One device for all commands of this data folder. */
async function ownDeviceId(dataDir: string): Promise<string> {
  const file = join(dataDir, 'cli-device-id');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
  }
  const id = uuidV7(Date.now(), randomBytes(10));
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, `${id}\n`);
  return id;
}
