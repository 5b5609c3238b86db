import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino, { type Logger } from 'pino';
import { Registry } from 'prom-client';
import type { SyncLimits } from '#download/sync-streams.ts';
import type { SyncClaims, VerifySyncToken } from '#download/verify-sync-token.ts';
import { type SyncServer, startSyncServer } from '#start-sync-server.ts';

export type RunningSyncServer = {
  readonly url: string;
  readonly server: SyncServer;
  readonly registry: Registry;
  stop(): Promise<void>;
};

export const repositoryConfig = readFileSync(new URL('../../sync-config.yaml', import.meta.url), 'utf8');

/** A sync server on a free port. Unless told otherwise its tokens are the claims themselves as JSON in base64url: no keys needed. */
export async function runSyncServer(options: {
  readonly ownerUrl: string;
  readonly configText?: string;
  readonly limits?: Partial<SyncLimits>;
  readonly watchEveryMs?: number;
  readonly port?: number;
  readonly cacheBytes?: number;
  readonly logger?: Logger;
  readonly verifySyncToken?: VerifySyncToken;
}): Promise<RunningSyncServer> {
  const registry = new Registry();
  const { port = 0, ...rest } = options;
  const server = startSyncServer({
    configText: repositoryConfig,
    logger: pino({ level: process.env['EVENTKIT_TEST_LOG'] ?? 'silent' }),
    verifySyncToken: readClaims,
    ...rest,
    registry,
  });
  const http = createServer((request, response) => {
    if (!server.handle(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    server,
    registry,
    async stop() {
      await server.stop();
      await closeServer(http);
    },
  };
}

const readClaims: VerifySyncToken = async (token) => {
  let claims: SyncClaims;
  try {
    claims = JSON.parse(Buffer.from(token, 'base64url').toString()) as SyncClaims;
  } catch {
    return { ok: false, problem: 'not readable' };
  }
  return claims.exp > Date.now() / 1000 ? { ok: true, claims } : { ok: false, problem: 'expired' };
};

function closeServer(http: Server): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve());
    http.closeAllConnections();
  });
}

export function testToken(claims: {
  readonly tenantId: string;
  readonly userId?: string;
  readonly deviceId?: string;
  readonly role?: string;
  readonly permissions?: readonly string[];
  readonly lifeSeconds?: number;
}): string {
  const payload = {
    sub: claims.userId ?? 'user',
    exp: Math.floor(Date.now() / 1000) + (claims.lifeSeconds ?? 300),
    tenant_id: claims.tenantId,
    device_id: claims.deviceId ?? 'device',
    ...(claims.role === undefined ? {} : { role: claims.role }),
    permissions: claims.permissions ?? ['inventory:read', 'planning:read', 'scanning:read'],
  };
  return Buffer.from(JSON.stringify(payload)).toString('base64url');
}

/** Waits until `check` gives something, looking again every few milliseconds. */
export async function eventually<T>(
  check: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  what: string,
  withinMs = 20_000,
): Promise<T> {
  const givenUpAt = performance.now() + withinMs;
  for (;;) {
    const found = await check();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > givenUpAt) throw new Error(`waited ${withinMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
