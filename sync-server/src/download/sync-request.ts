import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';

/** What a client asks for: the parts of the request that we heed. */
export type SyncRequest = {
  readonly clientId: string | null;
  /** By bucket, the operation after which to go on. */
  readonly positions: ReadonlyMap<string, number>;
  readonly includeDefaults: boolean;
  readonly subscriptions: readonly { readonly stream: string; readonly priority: number | null }[];
};

/** Reads the body of `POST /sync/stream`. Fields that we do not know are left alone; those we know must be right. */
export function readSyncRequest(body: unknown): Result<SyncRequest, string> {
  const root = asRecord(body);
  if (root === null) return err('the body must be a JSON object');
  const positions = new Map<string, number>();
  const buckets = root['buckets'] ?? [];
  if (!Array.isArray(buckets)) return err('buckets must be a list');
  for (const entry of buckets) {
    const bucket = asRecord(entry);
    const after = Number(bucket?.['after']);
    if (typeof bucket?.['name'] !== 'string' || !/^\d+$/.test(String(bucket['after'])))
      return err('each of buckets needs a name and after, a whole number as text');
    if (!Number.isSafeInteger(after)) return err('after is beyond every operation');
    positions.set(bucket['name'], after);
  }
  const clientId = root['client_id'] ?? null;
  if (clientId !== null && (typeof clientId !== 'string' || clientId.length > 200))
    return err('client_id must be text of at most 200 characters');
  const streams = root['streams'] === undefined || root['streams'] === null ? {} : asRecord(root['streams']);
  if (streams === null) return err('streams must be an object');
  const subscriptions: { stream: string; priority: number | null }[] = [];
  const asked = streams['subscriptions'] ?? [];
  if (!Array.isArray(asked)) return err('streams.subscriptions must be a list');
  for (const entry of asked) {
    const subscription = asRecord(entry);
    const priority = subscription?.['override_priority'] ?? null;
    if (typeof subscription?.['stream'] !== 'string') return err('each subscription needs a stream');
    if (priority !== null && ![0, 1, 2, 3].includes(Number(priority)))
      return err('override_priority must be 0, 1, 2 or 3');
    subscriptions.push({
      stream: subscription['stream'],
      priority: priority === null ? null : Number(priority),
    });
  }
  return ok({ clientId, positions, includeDefaults: streams['include_defaults'] !== false, subscriptions });
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}
