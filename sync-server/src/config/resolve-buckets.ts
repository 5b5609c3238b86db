import { type BucketSource, bucketName, type SyncPlan } from './sync-plan.ts';

/** What a client asks for: the default streams, and streams by name. */
export type StreamRequest = {
  readonly includeDefaults: boolean;
  readonly subscriptions: readonly { readonly stream: string; readonly priority: number | null }[];
};

export type Reason = { readonly default: number } | { readonly sub: number };

export type GrantedBucket = {
  readonly name: string;
  readonly priority: number;
  /** `default`: place of the stream in the answer's list; `sub`: place of the subscription in the request. */
  readonly reasons: readonly Reason[];
};

export type Grant = {
  readonly buckets: readonly GrantedBucket[];
  /** Streams that the client is subscribed to and that exist. */
  readonly streams: readonly { readonly name: string; readonly isDefault: boolean }[];
};

/** Which buckets a token opens. Only the token's claims decide; what the client sends merely selects among them. */
export function resolveBuckets(
  plan: SyncPlan,
  deployment: string,
  claims: Readonly<Record<string, unknown>>,
  request: StreamRequest,
): Grant {
  const streams: { name: string; isDefault: boolean }[] = [];
  const buckets = new Map<string, { name: string; priority: number; reasons: Reason[] }>();
  for (const stream of plan.streams) {
    const asked = request.subscriptions.flatMap((subscription, index) =>
      subscription.stream === stream.name ? [{ index, priority: subscription.priority }] : [],
    );
    const byDefault = stream.isDefault && request.includeDefaults;
    if (!byDefault && asked.length === 0) continue;
    const place = streams.push({ name: stream.name, isDefault: stream.isDefault }) - 1;
    const reasons: Reason[] = [
      ...(byDefault ? [{ default: place }] : []),
      ...asked.map((one) => ({ sub: one.index })),
    ];
    const priority = Math.min(
      ...(byDefault ? [stream.priority] : []),
      ...asked.map((one) => one.priority ?? stream.priority),
    );
    for (const source of stream.sources) {
      const name = openedBucket(deployment, source, claims);
      if (name !== null) buckets.set(name, { name, priority, reasons });
    }
  }
  return { buckets: [...buckets.values()], streams };
}

function openedBucket(
  deployment: string,
  source: BucketSource,
  claims: Readonly<Record<string, unknown>>,
): string | null {
  const isOpen = source.gates.every((gate) => {
    const held = claims[gate.claim];
    return Array.isArray(held) && held.includes(gate.text);
  });
  if (!isOpen) return null;
  return bucketName(
    deployment,
    source,
    source.claims.map((claim) => claims[claim]),
  );
}
