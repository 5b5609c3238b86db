import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { StreamRequest } from '#config/resolve-buckets.ts';

/** What a client asks for: the parts of the request that we heed. */
export type SyncRequest = {
  readonly clientId: string | null;
  /** By bucket, the operation after which to go on. */
  readonly positions: ReadonlyMap<string, number>;
  readonly streams: StreamRequest;
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
    const after = readWholeNumber(bucket?.['after']);
    if (typeof bucket?.['name'] !== 'string' || after === null)
      return err('each of buckets needs a name and after, a whole number as text');
    if (after > BigInt(Number.MAX_SAFE_INTEGER)) return err('after is beyond every operation');
    positions.set(bucket['name'], Number(after));
  }
  const clientId = root['client_id'] ?? null;
  if (clientId !== null && !isClientId(clientId)) return err(clientIdRule);
  const streams = root['streams'] === undefined || root['streams'] === null ? {} : asRecord(root['streams']);
  if (streams === null) return err('streams must be an object');
  const parameters = asRecord(root['parameters'] ?? {});
  if (parameters === null) return err('parameters must be an object');
  const subscriptions: { stream: string; priority: number | null; parameters: unknown }[] = [];
  const asked = streams['subscriptions'] ?? [];
  if (!Array.isArray(asked)) return err('streams.subscriptions must be a list');
  if (asked.length > subscriptionsAtMost) return err(`at most ${subscriptionsAtMost} subscriptions`);
  for (const entry of asked) {
    const subscription = asRecord(entry);
    const priority = subscription?.['override_priority'] ?? null;
    if (typeof subscription?.['stream'] !== 'string') return err('each subscription needs a stream');
    if (priority !== null && ![0, 1, 2, 3].some((known) => known === priority))
      return err('override_priority must be 0, 1, 2 or 3');
    subscriptions.push({
      stream: subscription['stream'],
      priority: priority === null ? null : Number(priority),
      // What is wrong with them is told beside the stream: the others are not to suffer from it.
      parameters: subscription['parameters'] ?? {},
    });
  }
  const includeDefaults = streams['include_defaults'] !== false;
  return ok({ clientId, positions, streams: { includeDefaults, subscriptions, parameters } });
}

/** Each is repeated in every line that names its bucket. */
const subscriptionsAtMost = 1000;

export const clientIdRule = 'client_id must be 1 to 200 printable characters of ASCII';

export function isClientId(value: unknown): value is string {
  return typeof value === 'string' && /^[ -~]{1,200}$/.test(value);
}

/** A whole number from 0, as text of at most 19 digits or as a number that is exact; null for anything else. */
export function readWholeNumber(value: unknown): bigint | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : null;
  return typeof value === 'string' && /^\d{1,19}$/.test(value) ? BigInt(value) : null;
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}
