import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { attachmentRoutes } from '#attachments/attachment-routes.ts';
import { providerSignOutRoutes } from '#auth/provider-sign-out-routes.ts';
import { signInRoutes } from '#auth/sign-in-routes.ts';
import { fileRoutes } from '#files/file-routes.ts';
import { examine } from '#http/health.ts';
import { mayReadMetrics } from '#http/may-read-metrics.ts';
import { type PlainBindings, requestIdIn } from '#http/plain-request.ts';
import { signUpRoutes } from '#sign-up/sign-up-routes.ts';
import type { InnerCapabilities } from './app.ts';

/** All that is no RPC: sign-in, sign-up, attachments, health, metrics, keys; the app itself where nothing else fits. */
export function plainRoutes(capabilities: InnerCapabilities): Hono<PlainBindings> {
  const { log, metrics, metricsToken = null, signer, healthChecks, fallback } = capabilities;
  return new Hono<PlainBindings>()
    .route('/', signInRoutes(capabilities))
    .route('/', providerSignOutRoutes(capabilities))
    .route('/', signUpRoutes(capabilities))
    .route('/', attachmentRoutes(capabilities))
    .route('/', fileRoutes(capabilities))
    .get('/health', async (c) => {
      const health = await examine(healthChecks);
      c.header('cache-control', 'no-store');
      return c.json(health, health.status === 'unwell' ? 503 : 200);
    })
    .get('/metrics', async (c) => {
      const { headers, socket } = c.env.incoming;
      if (!mayReadMetrics({ headers, remoteAddress: socket.remoteAddress }, metricsToken)) {
        return c.text(
          'Metrics are for this machine, or for who sends METRICS_TOKEN as a bearer token.\n',
          403,
        );
      }
      return c.text(await metrics.metrics(), 200, { 'content-type': metrics.contentType });
    })
    .get('/.well-known/jwks.json', (c) => {
      c.header('cache-control', 'public, max-age=300');
      return c.json(signer.jwks);
    })
    .notFound((c) =>
      fallback?.(c.env.incoming, c.env.outgoing)
        ? RESPONSE_ALREADY_SENT
        : c.json({ error: 'not_found' }, 404),
    )
    .onError((error, c) => {
      const requestId = requestIdIn(c);
      log.error({ requestId, err: error }, 'request failed');
      return c.json({ error: 'internal', requestId }, 500);
    });
}
