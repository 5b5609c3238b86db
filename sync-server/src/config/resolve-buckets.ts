import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import {
  type BucketSource,
  type BucketValue,
  bucketName,
  isBucketValue,
  keyLengthAtMost,
  type Lookup,
  lookupName,
  type Parameter,
  type StreamPlan,
  type SyncPlan,
  valuesKey,
} from './sync-plan.ts';

/** What a client asks for: the default streams, and streams by name. Nothing of it is to be trusted. */
export type StreamRequest = {
  readonly includeDefaults: boolean;
  readonly subscriptions: readonly {
    readonly stream: string;
    readonly priority: number | null;
    readonly parameters: unknown;
  }[];
  /** Of the connection as a whole. */
  readonly parameters: Readonly<Record<string, unknown>>;
};

export type Reason = { readonly default: number } | { readonly sub: number };

export type GrantedBucket = {
  readonly name: string;
  readonly priority: number;
  /** `default`: place of the stream in the answer's list; `sub`: place of the subscription in the request. */
  readonly reasons: readonly Reason[];
};

export type GrantedStream = {
  readonly name: string;
  readonly isDefault: boolean;
  /** Why a subscription, by its place in the request, gets less than it asked for. */
  readonly errors: readonly { readonly subscription: number | 'default'; readonly message: string }[];
};

export type Grant = {
  readonly buckets: readonly GrantedBucket[];
  /** Streams that the client is subscribed to and that exist. */
  readonly streams: readonly GrantedStream[];
};

/** A lookup with the values that it is asked for, as one text. */
export type AskedLookup = { readonly lookup: Lookup; readonly key: string };

export type FindValues = (asked: AskedLookup) => readonly BucketValue[];

export type GrantContext = {
  readonly plan: SyncPlan;
  readonly deployment: string;
  /** Of the verified token. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly request: StreamRequest;
  /** Buckets for one connection at most. */
  readonly bucketsAtMost: number;
};

/** The lookups whose values a grant depends on, each once. They stay the same while the connection lasts. */
export function lookupsOf(context: GrantContext): AskedLookup[] {
  const asked = new Map<string, AskedLookup>();
  resolveBuckets(context, (one) => {
    asked.set(lookupName(one.lookup.id, one.key), one);
    return [];
  });
  return [...asked.values()];
}

/**
 * Which buckets are opened, given what the lookups find. The token's claims and the database decide; what the client
 * sends merely selects among that. The error says in words what was too much.
 */
export function resolveBuckets(context: GrantContext, valuesOf: FindValues): Result<Grant, string> {
  const { plan, request, bucketsAtMost } = context;
  const streams: GrantedStream[] = [];
  const buckets = new Map<string, { name: string; priority: number; reasons: Reason[] }>();
  const opened = new Map<string, number>();
  let reasonCount = 0;
  for (const stream of plan.streams) {
    const askings = askingsOf(stream, request, streams.length);
    if (askings.length === 0) continue;
    const errors: { subscription: number | 'default'; message: string }[] = [];
    const before = buckets.size;
    for (const asking of askings) {
      const { names, problems } = openedBuckets(context, stream, asking.parameters, valuesOf);
      for (const message of problems) errors.push({ subscription: asking.place, message });
      for (const name of names) {
        const bucket = buckets.get(name) ?? { name, priority: asking.priority, reasons: [] };
        buckets.set(name, bucket);
        bucket.priority = Math.min(bucket.priority, asking.priority);
        bucket.reasons.push(asking.reason);
        reasonCount += 1;
      }
      if (reasonCount > reasonsForBucket * bucketsAtMost)
        return err(`more than ${reasonsForBucket} subscriptions to each of ${bucketsAtMost} buckets`);
    }
    opened.set(stream.name, buckets.size - before);
    streams.push({ name: stream.name, isDefault: stream.isDefault, errors });
  }
  return buckets.size > bucketsAtMost
    ? err(tooManyBuckets(bucketsAtMost, opened))
    : ok({ buckets: [...buckets.values()], streams });
}

function tooManyBuckets(limit: number, opened: ReadonlyMap<string, number>): string {
  const most = [...opened].toSorted((a, b) => b[1] - a[1]).slice(0, 3);
  const where = most.map(([stream, count]) => `${stream}: ${count}`).join(', ');
  return `more than ${limit} buckets for one connection (${where}); subscribe to less at once`;
}

/** Each is repeated in every line that names the bucket. */
const reasonsForBucket = 20;

type Asking = {
  readonly place: number | 'default';
  readonly reason: Reason;
  readonly priority: number;
  readonly parameters: unknown;
};

function askingsOf(stream: StreamPlan, request: StreamRequest, place: number): Asking[] {
  const byName = request.subscriptions.flatMap((subscription, index) =>
    subscription.stream === stream.name
      ? [
          {
            place: index,
            reason: { sub: index },
            priority: subscription.priority ?? stream.priority,
            parameters: subscription.parameters ?? {},
          },
        ]
      : [],
  );
  if (!stream.isDefault || !request.includeDefaults) return byName;
  const byDefault = {
    place: 'default' as const,
    reason: { default: place },
    priority: stream.priority,
    parameters: {},
  };
  return [byDefault, ...byName];
}

/** The names of the buckets that one subscription opens, and what is wrong with its parameters. */
function openedBuckets(
  context: GrantContext,
  stream: StreamPlan,
  parameters: unknown,
  valuesOf: FindValues,
): { names: Set<string>; problems: Set<string> } {
  const names = new Set<string>();
  const problems = new Set<string>();
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters))
    return { names, problems: new Set(['the parameters must be an object']) };
  const sent = { connection: context.request.parameters, subscription: parameters };
  const read = ({ from, name }: Parameter): unknown => {
    const values: object = from === 'auth' ? context.claims : sent[from];
    const value: unknown = Object.hasOwn(values, name) ? Reflect.get(values, name) : undefined;
    const fault = from === 'auth' ? null : faultOf(value);
    if (fault !== null) problems.add(`${from}.parameter('${name}') ${fault}`);
    return value;
  };
  for (const source of stream.sources) {
    if (!isOpen(source, context.claims)) continue;
    for (const values of keyValues(source, read, valuesOf)) {
      const name = bucketName(context.deployment, source, values);
      if (name !== null) names.add(name);
    }
  }
  return { names, problems };
}

function faultOf(value: unknown): string | null {
  if (value === undefined || value === null) return 'is missing';
  if (!isBucketValue(value)) return 'must be text or a whole number';
  return String(value).length > keyLengthAtMost ? 'is too long' : null;
}

function isOpen(source: BucketSource, claims: Readonly<Record<string, unknown>>): boolean {
  return source.gates.every((gate) => {
    const held = claims[gate.claim];
    return Array.isArray(held) && held.includes(gate.text);
  });
}

/** The parameters of each bucket: one for plain values, one for each value that the lookup finds. */
function keyValues(
  source: BucketSource,
  read: (parameter: Parameter) => unknown,
  valuesOf: FindValues,
): unknown[][] {
  let found: readonly BucketValue[] | null = null;
  const values = source.keys.map((key) => {
    if (key.kind === 'value') return read(key.value);
    const asked = valuesKey(key.values.map(read));
    found = asked === null ? [] : valuesOf({ lookup: key.lookup, key: asked });
    return null;
  });
  const place = source.keys.findIndex((key) => key.kind === 'lookup');
  return found === null ? [values] : (found as readonly BucketValue[]).map((one) => values.with(place, one));
}
