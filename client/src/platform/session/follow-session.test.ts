import { createClient, createRouterTransport } from '@connectrpc/connect';
import { AuthService } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import type { TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { expect, it, vi } from 'vitest';
import { createObservable } from '#platform/live/observable.ts';
import type { DownloadState } from '#platform/sync/sync-state.ts';
import { followSession } from './follow-session.ts';
import type { Session } from './session.ts';

const person: Session = {
  userId: 'u1' as UserId,
  tenantId: 't1' as TenantId,
  tenantName: 'Nordlicht',
  name: 'Jana',
  email: 'jana@nordlicht.example',
  role: 'warehouse',
  permissions: ['scanning:read', 'scanning:write'],
  locale: 'de',
  timeZone: 'Europe/Vienna',
  isRemembered: false,
};

it('what somebody may do is asked for again when the stream is connected anew, and only then', async () => {
  let permissions = ['scanning:read'];
  let asked = 0;
  const transport = createRouterTransport(({ service }) =>
    service(AuthService, {
      getMe() {
        asked += 1;
        return { ...person, permissions };
      },
    }),
  );
  const download: DownloadState = {
    hasPlans: true,
    hasSynced: true,
    isConnected: true,
    lastSyncedAt: null,
    progress: null,
  };
  const state = createObservable({ download });
  const kept = new Map<string, string>();
  const session = followSession({
    person,
    auth: createClient(AuthService, transport),
    store: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, text) => void kept.set(key, text),
      removeItem: (key) => void kept.delete(key),
    },
    network: createObservable(true),
    sync: { state, report: () => undefined, wake: () => undefined } as unknown as Parameters<
      typeof followSession
    >[0]['sync'],
  });
  state.set({ download: { ...download, progress: 0.5 } });
  state.set({ download: { ...download, isConnected: false } });
  expect(asked).toBe(0);
  state.set({ download });
  await vi.waitFor(() => expect(session.current().permissions).toEqual(['scanning:read']));
  expect(asked).toBe(1);
  permissions = ['scanning:read', 'inventory:read'];
  state.set({ download: { ...download, isConnected: false } });
  state.set({ download });
  await vi.waitFor(() => expect(session.current().permissions).toEqual(permissions));
  expect([...kept.values()].join()).toContain('inventory:read');
});
