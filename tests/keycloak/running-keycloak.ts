import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#stack/free-port.ts';
import { fetchKeycloak } from './fetch-keycloak.ts';
import { type KeycloakAdmin, signInAsAdmin } from './keycloak-admin.ts';

export type RunningKeycloak = {
  readonly issuer: string;
  readonly admin: KeycloakAdmin;
  /** Ends its process and removes its folder. */
  stop(): Promise<void>;
};

const realmFolder = join(import.meta.dirname, '../../deploy/keycloak');
const START_MS = 540_000;
const STOP_MS = 20_000;
const administrator = { name: 'admin', password: 'administrator of a test' };

/** A real Keycloak with our realm as it stands, in memory, on a port of its own. */
export async function startKeycloak(settings: {
  readonly eventkitUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}): Promise<RunningKeycloak> {
  const home = mkdtempSync(join(tmpdir(), 'eventkit-keycloak-'));
  cpSync(await fetchKeycloak(), home, { recursive: true });
  cpSync(realmFolder, join(home, 'data/import'), { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // A group of its own: the script that starts Java waits for it, and both must end.
  const child = spawn(
    join(home, 'bin/kc.sh'),
    ['start', '--optimized', '--import-realm', '--http-enabled=true', '--hostname-strict=false'].concat(
      ...['--http-host=127.0.0.1', `--http-port=${port}`],
    ),
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx512m',
        KC_BOOTSTRAP_ADMIN_USERNAME: administrator.name,
        KC_BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
        EVENTKIT_URL: settings.eventkitUrl,
        OIDC_CLIENT_ID: settings.clientId,
        OIDC_CLIENT_SECRET: settings.clientSecret,
      },
    },
  );
  const output: string[] = [];
  child.stdout.on('data', (chunk) => output.push(String(chunk)));
  child.stderr.on('data', (chunk) => output.push(String(chunk)));
  const exited = once(child, 'exit');
  const ended = exited.then(([code]) => {
    throw new Error(`Keycloak ended with ${code}:\n${output.join('').slice(-4000)}`);
  });
  ended.catch(() => undefined);

  const signal = (name: NodeJS.Signals) => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, name);
  };
  const stop = async () => {
    signal('SIGTERM');
    const timer = setTimeout(() => signal('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(timer);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const issuer = `${url}/realms/eventkit`;
    await Promise.race([ended, untilAnswers(`${issuer}/.well-known/openid-configuration`)]);
    return { issuer, admin: await signInAsAdmin(url, administrator), stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

async function untilAnswers(address: string): Promise<void> {
  const until = performance.now() + START_MS;
  for (;;) {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) return;
    if (performance.now() > until) throw new Error(`${address} did not answer within ${START_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
