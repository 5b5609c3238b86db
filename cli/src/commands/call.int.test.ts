import { postRpc } from '@eventkit/api/testing/post-rpc.ts';
import { startTestApi, type TestApi } from '@eventkit/api/testing/start-test-api.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { call } from './call.ts';

let api: TestApi;
let key: string;
let lines: string[];
beforeAll(async () => {
  api = await startTestApi();
  const made = await postRpc(api.url, 'ApiKeyService/CreateApiKey', {
    bearer: await api.provider.accessToken(api.companies[0].users.admin),
    body: { name: 'Command line', permissions: ['inventory:read'], expiresAfterDays: 1 },
  });
  ({ secret: key } = (await made.json()) as { secret: string });
});
afterAll(() => api.stop());
beforeEach(() => {
  lines = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void lines.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
});

const ask = (name: string, more: { input?: string; all?: boolean; json?: boolean } = {}, own = key) =>
  call(
    {
      call: name,
      all: more.all ?? false,
      json: more.json ?? false,
      ...(more.input === undefined ? {} : { input: more.input }),
    },
    { EVENTKIT_URL: api.url, EVENTKIT_API_KEY: own },
  );

describe('eventkit call', () => {
  test('a list is a table for people, and a line of JSON each for programs', async () => {
    await ask('listassets', { input: '{"pageSize": 2}' });
    expect(lines[0]?.split('\n')).toHaveLength(3);
    expect(lines[0]).toMatch(/^id /);
    lines = [];
    await ask('InventoryService/ListAssets', { input: '{"pageSize": 2}', json: true });
    expect(lines.map((line) => Object.keys(JSON.parse(line) as object)[0])).toEqual(['id', 'id']);
  });

  test('all pages, one after the other', async () => {
    await ask('ListAssets', { input: '{"pageSize": 2}', all: true, json: true });
    const codes = lines.map((line) => (JSON.parse(line) as { code: string }).code);
    expect(codes.length).toBeGreaterThan(2);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test('who the key is', async () => {
    await ask('GetMe');
    expect(lines[0]).toContain(`tenantId: ${api.companies[0].tenantId}`);
  });

  test('without a call, every call that a key can make, with its scope', async () => {
    await call({ all: false, json: false }, {});
    expect(lines[0]).toMatch(/InventoryService\/ListAssets +inventory:read/);
    expect(lines[0]).not.toContain('RegisterDevice');
  });

  test.each([
    ['what the key may not do', () => ask('ListPeople'), /PeopleService\/ListPeople was refused/],
    ['a key that is none', () => ask('GetMe', {}, `ek_${'x'.repeat(43)}`), /the key is not taken/],
    ['no key', () => ask('GetMe', {}, ''), /EVENTKIT_API_KEY holds no key/],
    ['a call that is not there', () => ask('ListAsset'), /Did you mean InventoryService\/ListAssets/],
    ['what is no JSON', () => ask('GetMe', { input: 'x' }), /--input is no JSON object/],
    ['a field that is wrong', () => ask('ListAssets', { input: '{"pageSize": -1}' }), /page_size/],
    [
      'a server that is not there',
      () =>
        call(
          { call: 'GetMe', all: false, json: false },
          { EVENTKIT_URL: 'http://127.0.0.1:9', EVENTKIT_API_KEY: key },
        ),
      /does not answer/,
    ],
  ])('%s is said, and what to do', async (_, act, words) => {
    await expect(act()).rejects.toThrow(words);
  });
});
