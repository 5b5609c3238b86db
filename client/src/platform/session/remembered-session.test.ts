import { createRouterTransport } from '@connectrpc/connect';
import { AuthService } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import type { TenantId } from '@eventkit/shared/kernel/ids.ts';
import { describe, expect, it } from 'vitest';
import { rememberedDeviceId } from '#platform/device/remembered-device.ts';
import { createRpcClients } from '#platform/rpc/rpc-clients.ts';
import { createTestIds } from '#platform/testing/test-ids.ts';
import { askWhoIAm } from './ask-who-i-am.ts';
import {
  forgetSession,
  readRememberedSession,
  rememberSession,
  type TextStore,
} from './remembered-session.ts';

function createStore(): TextStore & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, value) => texts.set(key, value),
    removeItem: (key) => texts.delete(key),
  };
}

function authAnswering(role: string) {
  const me = {
    userId: 'u',
    tenantId: 't',
    tenantName: 'T',
    name: 'Jana',
    email: 'j@t.example',
    locale: 'de',
  };
  const permissions = ['inventory:read', 'moon:walk'];
  const transport = createRouterTransport(({ service }) => {
    service(AuthService, { getMe: () => ({ ...me, role, permissions }) });
  });
  return createRpcClients(transport).auth;
}

describe('who uses the device', () => {
  it('is remembered as the server said, and marked as remembered', async () => {
    const store = createStore();
    const asked = await askWhoIAm(authAnswering('warehouse'));
    if (!asked.ok) throw new Error(asked.error.problem);
    expect(asked.value).toMatchObject({ name: 'Jana', isRemembered: false, permissions: ['inventory:read'] });
    rememberSession(store, asked.value);
    expect(readRememberedSession(store)).toEqual({ ...asked.value, isRemembered: true });
    forgetSession(store);
    expect(readRememberedSession(store)).toBeNull();
  });

  it('is nobody where the memory is damaged or of another kind', () => {
    const store = createStore();
    for (const text of ['', '{', 'null', '[]', '{"userId":1}', '{"userId":"u","role":"emperor"}']) {
      store.setItem('eventkit.session', text);
      expect(readRememberedSession(store)).toBeNull();
    }
  });

  it('is not known while the server speaks of a role that this version does not know', async () => {
    expect(await askWhoIAm(authAnswering('emperor'))).toMatchObject({
      ok: false,
      error: { tag: 'no_answer' },
    });
  });

  it('has one device per company, the same ever after', () => {
    const store = createStore();
    const newId = createTestIds(7);
    const first = rememberedDeviceId(store, 'a' as TenantId, newId);
    expect(rememberedDeviceId(store, 'a' as TenantId, newId)).toBe(first);
    expect(rememberedDeviceId(store, 'b' as TenantId, newId)).not.toBe(first);
    store.setItem('eventkit.device.a', 'damaged');
    expect(rememberedDeviceId(store, 'a' as TenantId, newId)).not.toBe('damaged');
  });
});
