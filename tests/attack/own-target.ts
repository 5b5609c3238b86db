import { join } from 'node:path';
import { openKeyFolder } from '@eventkit/api/auth/key-folder.ts';
import { createTestBrowser } from '@eventkit/api/testing/create-test-browser.ts';
import { seedTwoCompanies } from '@eventkit/api/testing/seed-two-companies.ts';
import { readRuntime } from '@eventkit/cli/stack/runtime-file.ts';
import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT } from 'jose';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { fingerprintOf, learnFromRows, plantCanaries } from './company-rows.ts';
import { CUT_WITHIN_MS, type SignedIn, type SignToken, type Target } from './target.ts';

const ASSETS = 300;
const LIMITS = ['ADDRESS', 'USER', 'TENANT', 'KEY', 'USER_DEVICES', 'TENANT_DEVICES'];

/**
 * A stack of one's own with two companies: a small one that attacks, and the demo company with something in every
 * table, a canary in each name. It does not limit calls: what is looked for is what they find, not how soon.
 */
export async function startOwnTarget(seed: string): Promise<{ target: Target; stop(): Promise<void> }> {
  for (const limit of LIMITS) process.env[`RATE_LIMIT_${limit}`] = '0';
  const stack = await startRunningStack({ assetCount: ASSETS });
  try {
    return { target: await openTarget(stack, `kanarienvogel-${seed}`), stop: () => stack.dispose() };
  } catch (thrown) {
    await stack.dispose();
    throw thrown;
  }
}

async function openTarget(stack: RunningStack, canary: string): Promise<Target> {
  const { url, dataDir } = stack;
  const runtime = await readRuntime(dataDir);
  if (runtime === null) throw new Error(`nothing runs on ${dataDir}`);
  const [attacked] = await stack.query<{ tenant_id: string; user_id: string; email: string }>(
    `SELECT tenant_id, id AS user_id, email FROM users WHERE role = 'admin'`,
  );
  if (attacked === undefined) throw new Error('the demo company has no admin');
  const [attacking] = await seedTwoCompanies(runtime.databaseUrl);
  await plantCanaries(stack, attacked.tenant_id, canary);
  const { admin, warehouse } = attacking.users;
  const adminToken = await stack.token(admin.email, 'api');
  const own = await learnFromRows(stack, attacking.tenantId, []);
  return {
    url,
    admin: { token: adminToken, userId: admin.id },
    colleague: { token: await stack.token(warehouse.email, 'api'), userId: warehouse.id },
    foreigner: { token: await stack.token(attacked.email, 'api'), userId: attacked.user_id },
    own,
    foreign: await learnFromRows(stack, attacked.tenant_id, [canary, attacked.email]),
    sign: await signAs(dataDir, adminToken),
    syncToken: remembered(() => stack.token(admin.email, 'sync')),
    signIn: (returnTo) => signIn(url, admin.id, returnTo),
    log: stack.log,
    cutWithinMs: CUT_WITHIN_MS,
    fingerprint: () => fingerprintOf(stack, attacked.tenant_id),
  };
}

/** Shorter than a sync token lives. */
const REMEMBERED_MS = 120_000;

function remembered(fetchToken: () => Promise<string>): () => Promise<string> {
  let known: { readonly token: Promise<string>; readonly atMs: number } | null = null;
  return () => {
    if (known === null || performance.now() - known.atMs > REMEMBERED_MS)
      known = { token: fetchToken(), atMs: performance.now() };
    return known.token;
  };
}

/** With the provider's own key, as nobody should ever have it: what is wrong with a token is then its claims alone. */
async function signAs(dataDir: string, good: string): Promise<SignToken> {
  const key = await importJWK(await openKeyFolder(join(dataDir, 'keys')).signingKey('provider'), 'ES256');
  return ({ header = {}, claims = {} }) =>
    new SignJWT({ ...decodeJwt(good), ...claims })
      .setProtectedHeader({ alg: 'ES256', ...decodeProtectedHeader(good), ...header })
      .sign(key);
}

async function signIn(url: string, userId: string, returnTo: string): Promise<SignedIn> {
  const browser = createTestBrowser(url);
  const page = await browser.open(`/auth/login?return=${encodeURIComponent(returnTo)}`);
  const host = await browser.submit(page, { account: userId }).then(
    (last) => last.url.host,
    // A host that nobody has: that it was asked for is all there is to know.
    (error: Error) =>
      (error.cause as { hostname?: string } | undefined)?.hostname ?? `nowhere (${error.message})`,
  );
  const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ');
  return { cookie, host };
}
