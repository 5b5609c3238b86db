import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ConnectRouter } from '@connectrpc/connect';
import { createContextValues } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { ApiKeyService } from '@eventkit/proto/gen/eventkit/v1/api_keys_pb.ts';
import { AuditService } from '@eventkit/proto/gen/eventkit/v1/audit_pb.ts';
import { AuthService } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import { BadgeService, SharedDeviceService } from '@eventkit/proto/gen/eventkit/v1/badges_pb.ts';
import { DashboardService } from '@eventkit/proto/gen/eventkit/v1/dashboards_pb.ts';
import { DeviceOrderService, DeviceService } from '@eventkit/proto/gen/eventkit/v1/devices_pb.ts';
import { FileService } from '@eventkit/proto/gen/eventkit/v1/files_pb.ts';
import { InventoryService } from '@eventkit/proto/gen/eventkit/v1/inventory_pb.ts';
import { NotificationService } from '@eventkit/proto/gen/eventkit/v1/notifications_pb.ts';
import { PeopleService, RoleService } from '@eventkit/proto/gen/eventkit/v1/people_pb.ts';
import { ProfileService } from '@eventkit/proto/gen/eventkit/v1/profile_pb.ts';
import { ScanningService } from '@eventkit/proto/gen/eventkit/v1/scanning_pb.ts';
import { TenantService } from '@eventkit/proto/gen/eventkit/v1/tenants_pb.ts';
import { TrashService } from '@eventkit/proto/gen/eventkit/v1/trash_pb.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { type NewId, uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import { getRequestListener } from '@hono/node-server';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { createApiKeyService } from '#api-keys/api-key-service.ts';
import { createAuditService } from '#audit/audit-service.ts';
import { createAuthService } from '#auth/auth-service.ts';
import { createAuthentication } from '#auth/authentication.ts';
import type { IdentityProvider } from '#auth/identity-provider.ts';
import type { LeaseSigner } from '#auth/offline-lease.ts';
import type { SessionCheck } from '#auth/session-check.ts';
import type { SyncTokenSigner } from '#auth/sync-token.ts';
import type { TokenRevocation } from '#auth/token-revocation.ts';
import { createBadgeService } from '#badges/badge-service.ts';
import { createSharedDeviceService } from '#badges/shared-device-service.ts';
import type { BlobStore } from '#blobs/blob-store.ts';
import { createDashboardService } from '#dashboards/dashboard-service.ts';
import { createDeviceOrderService } from '#devices/device-order-service.ts';
import { createDeviceService } from '#devices/device-service.ts';
import { createFileService } from '#files/file-service.ts';
import type { Authentication } from '#http/authenticate.ts';
import { callPath } from '#http/call-path.ts';
import type { NodeHandler } from '#http/create-server.ts';
import type { HealthCheck } from '#http/health.ts';
import { createKeptAnswers } from '#http/idempotency/kept-answers-store.ts';
import { clientAddressOf } from '#http/limits/client-address.ts';
import { clientAddressKey } from '#http/limits/limit-calls.ts';
import {
  createRateLimiter,
  defaultRateLimits,
  type RateLimiter,
  type RateLimits,
} from '#http/limits/rate-limiter.ts';
import { observePool } from '#http/observe-pool.ts';
import { CLIENT_ADDRESS_HEADER } from '#http/plain-request.ts';
import { REQUEST_ID_HEADER, requestIdKey, requestIdOf } from '#http/request-id.ts';
import { securityHeaders } from '#http/security-headers.ts';
import { createInventoryService } from '#inventory/inventory-service.ts';
import type { Mailer } from '#mail/mailer.ts';
import { createNotificationService } from '#notifications/notification-service.ts';
import { createPeopleService } from '#people/people-service.ts';
import { createProfileService } from '#people/profile-service.ts';
import { createRoleService } from '#people/role-service.ts';
import { createScanningService } from '#scanning/scanning-service.ts';
import { createTenantService } from '#tenants/tenant-service.ts';
import { createTrashService } from '#trash/trash-service.ts';
import { plainRoutes } from './plain-routes.ts';

/** Answers true where it took the request; asked in order, before everything else. */
export type NodeRoute = (request: IncomingMessage, response: ServerResponse) => boolean;

export type AppCapabilities = {
  /** Connections as eventkit_app. */
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Registry;
  /** How browsers reach us; cookies, redirects and headers follow it. */
  readonly publicUrl: URL;
  readonly provider: IdentityProvider;
  /** Its running checks must settle before the pool ends. */
  readonly sessionCheck: SessionCheck;
  readonly tokenRevocation: TokenRevocation;
  /** Seals sign-ins on their way; 32 bytes. */
  readonly signInKey: Uint8Array;
  readonly signer: SyncTokenSigner;
  /** Leases devices to people, for the time without the server. */
  readonly leases: LeaseSigner;
  /** The public key of push messages, as browsers take it. */
  readonly pushKey: string;
  /** Where the bytes of attachments and files lie. */
  readonly blobs: BlobStore;
  /** Signs links to files; 32 bytes. */
  readonly fileLinkKey: Uint8Array;
  /** How many bytes all files of a company may take. */
  readonly fileLimitBytes: number;
  /** Whether companies may ask to be let in, see `#sign-up`; they may not unless it says so. */
  readonly isSignUpOpen?: boolean;
  /** Sends e-mail; null or absent: this server has no mail server. */
  readonly mailer?: Mailer | null;
  /** How many calls are too many; the usual numbers unless given. */
  readonly rateLimits?: RateLimits;
  /** How many proxies of ours each request comes through. They add the address they saw to X-Forwarded-For. */
  readonly trustedProxies?: number;
  /** Opens /metrics to other machines; without it only this one reads them. */
  readonly metricsToken?: string | null;
  readonly healthChecks: Readonly<Record<string, HealthCheck>>;
  /** Services that live in other packages, e.g. SyncService. */
  readonly registerServices?: (router: ConnectRouter) => void;
  /** What needs Node's own streams: the sync stream, the embedded provider. */
  readonly nodeRoutes?: readonly NodeRoute[];
  /** What is left when nobody else wanted it: the built client. */
  readonly fallback?: NodeRoute;
};

/** With what the app makes of them once, for all of its parts. */
export type InnerCapabilities = AppCapabilities & {
  readonly authentication: Authentication;
  readonly limiter: RateLimiter;
  readonly newId: NewId;
};

/** A file of operations, and far more than a device sends at once. */
const LARGEST_MESSAGE_BYTES = 33 * 1024 * 1024;

/** The whole API as one request handler for HTTP/1.1 and HTTP/2. */
export function createApp(capabilities: AppCapabilities): NodeHandler {
  const { log, nodeRoutes = [], publicUrl, provider, trustedProxies = 0, clock } = capabilities;
  const headers = Object.entries(securityHeaders(publicUrl, new URL(provider.issuer).origin));
  const authentication = createAuthentication(capabilities);
  observePool(capabilities.metrics, capabilities.pool);
  const limiter = createRateLimiter({
    ...capabilities,
    limits: capabilities.rateLimits ?? defaultRateLimits,
  });
  const newId: NewId = () => uuidV7(clock.wallMs(), randomBytes(10));
  const inner: InnerCapabilities = { ...capabilities, authentication, limiter, newId };
  const plain = getRequestListener(plainRoutes(inner).fetch as Parameters<typeof getRequestListener>[0]);
  const rpc = rpcHandler(inner, (request, response) => void plain(request, response));
  return (request, response) => {
    const requestId = requestIdOf(request.headers[REQUEST_ID_HEADER]);
    request.headers[REQUEST_ID_HEADER] = requestId;
    response.setHeader(REQUEST_ID_HEADER, requestId);
    const { headers: given, socket } = request;
    given[CLIENT_ADDRESS_HEADER] = clientAddressOf(
      { headers: given, remoteAddress: socket.remoteAddress },
      trustedProxies,
    );
    for (const [name, value] of headers) response.setHeader(name, value);
    if (namesTwoHosts(request)) {
      response.writeHead(400, { connection: 'close' }).end();
      return;
    }
    try {
      if (nodeRoutes.some((route) => route(request, response))) return;
      rpc(request, response);
    } catch (thrown) {
      // A request line or Host header that makes no address.
      log.warn({ requestId, err: thrown }, 'request could not be read');
      response.writeHead(400).end();
    }
  };
}

/** Node takes the first of several, and what stands before us may have taken another one. */
function namesTwoHosts({ httpVersionMajor, rawHeaders }: IncomingMessage): boolean {
  if (httpVersionMajor > 1) return false;
  return rawHeaders.filter((text, place) => place % 2 === 0 && text.toLowerCase() === 'host').length > 1;
}

function rpcHandler(capabilities: InnerCapabilities, fallback: NodeHandler): NodeHandler {
  const { pool, signer, leases, mailer = null, registerServices, clock, newId } = capabilities;
  return connectNodeAdapter({
    routes(router) {
      router.service(ApiKeyService, createApiKeyService({ pool, newId }));
      router.service(AuditService, createAuditService({ pool }));
      router.service(AuthService, createAuthService({ pool, signer, leases }));
      router.service(BadgeService, createBadgeService({ pool, newId }));
      router.service(DashboardService, createDashboardService({ pool }));
      router.service(DeviceService, createDeviceService({ pool }));
      router.service(DeviceOrderService, createDeviceOrderService({ pool }));
      router.service(FileService, createFileService(capabilities));
      router.service(InventoryService, createInventoryService({ pool }));
      router.service(
        NotificationService,
        createNotificationService({ ...capabilities, sendsMail: mailer !== null }),
      );
      router.service(PeopleService, createPeopleService({ ...capabilities, mailer, newId }));
      router.service(ProfileService, createProfileService(capabilities));
      router.service(RoleService, createRoleService({ pool, newId }));
      router.service(ScanningService, createScanningService({ pool }));
      router.service(TenantService, createTenantService({ pool }));
      router.service(TrashService, createTrashService({ pool, newId }));
      router.service(SharedDeviceService, createSharedDeviceService({ pool, clock, newId }));
      registerServices?.(router);
    },
    ...callPath({ ...capabilities, keptAnswers: createKeptAnswers(pool) }),
    contextValues: (request) =>
      createContextValues()
        .set(requestIdKey, String(request.headers[REQUEST_ID_HEADER] ?? ''))
        .set(clientAddressKey, String(request.headers[CLIENT_ADDRESS_HEADER] ?? '')),
    readMaxBytes: LARGEST_MESSAGE_BYTES,
    fallback: fallback as NonNullable<Parameters<typeof connectNodeAdapter>[0]['fallback']>,
  }) as NodeHandler;
}
