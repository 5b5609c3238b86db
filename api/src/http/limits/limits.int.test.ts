import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postRpc } from '#testing/post-rpc.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';
import { defaultRateLimits } from './rate-limiter.ts';

let api: TestApi;
let nowMs = 0;
let authorization: string;

beforeAll(async () => {
  api = await startTestApi(() => ({
    clock: { wallMs: () => Date.now(), monotonicMs: () => nowMs },
    rateLimits: { ...defaultRateLimits, address: 0.3, user: 0.4 },
    trustedProxies: 1,
  }));
  authorization = `Bearer ${await api.provider.accessToken(api.companies[0].users.warehouse)}`;
});
afterAll(() => api.stop());

function call(rpc: string, headers: Record<string, string> = { authorization }) {
  return postRpc(api.url, rpc, { headers });
}

async function statuses(count: number, send: () => Promise<Response>): Promise<number[]> {
  const all: number[] = [];
  for (let index = 0; index < count; index += 1) all.push((await send()).status);
  return all;
}

/** A client whose own address a proxy of ours has noted. */
const from = (address: string) => ({ 'x-forwarded-for': address });

describe('too many calls', () => {
  test('at screens are refused with the time to come again, and devices go on', async () => {
    expect(await statuses(4, () => call('InventoryService/ListAssets'))).toEqual([200, 200, 200, 200]);
    const refused = await call('InventoryService/ListAssets');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('3');
    expect(await refused.json()).toMatchObject({
      code: 'resource_exhausted',
      details: [{ debug: { reason: 'rate_limited', retryAfterMs: 2500 } }],
    });
    expect(new Set(await statuses(50, () => call('AuthService/GetMe')))).toEqual(new Set([200]));
    nowMs += 2500;
    expect((await call('InventoryService/ListAssets')).status).toBe(200);
  });

  test('of a stranger are refused by address, not those of others, and not those of who is signed in there', async () => {
    const stranger = () => call('AuthService/GetMe', from('203.0.113.7'));
    expect(await statuses(4, stranger)).toEqual([401, 401, 401, 429]);
    expect((await call('AuthService/GetMe', from('203.0.113.8'))).status).toBe(401);
    expect((await call('AuthService/GetMe', { ...from('203.0.113.7'), authorization })).status).toBe(200);
  });

  test('of a stranger at attachments and at sign-in count with the others', async () => {
    const at = (path: string) =>
      fetch(`${api.url}${path}`, { headers: from('203.0.113.9'), redirect: 'manual' });
    const attachment = `/attachments/${api.companies[0].deviceId}`;
    expect(await statuses(3, () => at(attachment))).toEqual([401, 401, 401]);
    const refused = await at(attachment);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('4');
    const page = await at('/auth/callback');
    expect(page.status).toBe(429);
    expect(page.headers.get('retry-after')).toBe('4');
    expect(await page.text()).toContain('Too many attempts');
    expect((await at('/health')).status).toBe(200);
  });
});
