import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { AuthService } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import {
  createUploadTenant,
  type UploadTenant,
  uuidOf,
} from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import type { RealServer } from './real-server.ts';

/** A company whose rows are read by raw clients and SDKs. */
export type SyncCompany = {
  readonly url: string;
  readonly tenant: UploadTenant;
  /** Of its user, for the sync stream: asked for at the API as devices do, and kept while it is good. */
  token(): Promise<string>;
};

/** Less than the life of a token, so that nobody is ended by it in the middle of a fault. */
const KEPT_MS = 150_000;
const AGAIN_MS = 200;

export async function openSyncCompany(server: RealServer, assets: number): Promise<SyncCompany> {
  const url = `http://localhost:${server.port}`;
  const tenant = await createUploadTenant(server.ownerPool, `sync ${process.pid} ${Date.now()}`, {
    users: 1,
    devices: 0,
    assets,
    cases: 0,
  });
  const { rows } = await server.ownerPool.query<{ email: string }>(
    'SELECT email FROM users WHERE tenant_id = $1',
    [tenant.tenantId],
  );
  const email = rows[0]?.email ?? '';
  const deviceId = uuidOf(`${tenant.tenantId} device`);
  let kept: { readonly token: Promise<string>; readonly untilMs: number } | null = null;

  async function fetchToken(): Promise<string> {
    for (;;) {
      try {
        const headers = { authorization: `Bearer ${await server.token(email)}` };
        const client = createClient(
          AuthService,
          createConnectTransport({ baseUrl: url, httpVersion: '1.1' }),
        );
        await client.registerDevice({ deviceId, name: 'Reader' }, { headers });
        return (await client.createSyncToken({ deviceId }, { headers })).token;
      } catch {
        // Struck just now, or not up again yet: whoever needs a token waits for it, as devices do.
        server.mustRun();
        await wait(AGAIN_MS);
      }
    }
  }

  return {
    url,
    tenant,
    token() {
      if (kept === null || kept.untilMs < performance.now())
        kept = { token: fetchToken(), untilMs: performance.now() + KEPT_MS };
      return kept.token;
    },
  };
}
