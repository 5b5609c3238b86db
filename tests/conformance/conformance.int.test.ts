import { createSyncTokenVerifier } from '@eventkit/sync-server/download/verify-sync-token.ts';
import { repositoryConfig } from '@eventkit/sync-server/testing/running-sync-server.ts';
import { SyncStage } from '@eventkit/sync-server/testing/sync-stage.ts';
import { insertAssets, insertTenant } from '@eventkit/sync-server/testing/test-tenant.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEventKitChange } from './eventkit-changes.ts';
import { signHs256 } from './hs256-token.ts';
import { checkRule } from './rule.ts';
import { allRules } from './rules/all-rules.ts';
import { openShownTopics, shownTopicsStream } from './shown-topics.ts';
import type { Subject } from './subject.ts';

let stage: SyncStage;
let subject: Subject;

beforeAll(async () => {
  stage = await SyncStage.create();
  const other = await insertTenant(stage.db, 2);
  await insertAssets(stage.db, other, 1, 10);
  await insertAssets(stage.db, stage.tenant, 51, 8500);
  const limits = { connections: 20, bodyBytes: 900_000 };
  const keepaliveMs = 300;
  const profile = { key: 'c29tZSBzZWNyZXQgdGhhdCBpcyBsb25nIGVub3VnaA', kid: 'k', audience: 'eventkit-sync' };
  const grant = await openShownTopics(stage.db, stage.tenant.userId);
  await stage.start({
    configText: repositoryConfig + shownTopicsStream,
    limits: { ...limits, keepaliveMs },
    verifySyncToken: createSyncTokenVerifier({
      keys: async () => Buffer.from(profile.key, 'base64url'),
      issuer: 'conformance',
      algorithms: ['HS256'],
      type: 'JWT',
      nowMs: () => Date.now(),
    }),
  });
  subject = {
    url: stage.running.url,
    token: async ({ isOther = false, lifeSeconds = 300 }) => {
      const tenant = isOther ? other : stage.tenant;
      const claims = {
        iss: 'conformance',
        sub: tenant.userId,
        tenant_id: tenant.id,
        device_id: tenant.deviceId,
        permissions: ['inventory:read', 'planning:read', 'scanning:read'],
      };
      return signHs256(profile, claims, lifeSeconds);
    },
    change: createEventKitChange(stage.db, stage.tenant.id),
    grant,
    stop: () => stage.running.stop(),
    keepaliveMs,
    limits,
  };
});

afterAll(() => stage.close());

// In the order of the list: some fill the server, the last one stops it.
describe('the protocol, rule by rule', { shuffle: false }, () => {
  for (const rule of allRules) test(rule.title, () => checkRule(rule, subject));
});

test('titles tell rules apart', () => {
  expect(new Set(allRules.map(({ title }) => title)).size).toBe(allRules.length);
});
