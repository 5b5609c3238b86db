import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeProblem, readSyncConfig } from './read-sync-config.ts';
import { type FindValues, lookupsOf, resolveBuckets, type StreamRequest } from './resolve-buckets.ts';
import type { SyncPlan } from './sync-plan.ts';
import { crewConfig } from './testing/crew-config.ts';

const own = planOf(readFileSync(new URL('../../sync-config.yaml', import.meta.url), 'utf8'));
const crew = planOf(crewConfig);
const claims = {
  sub: 'u',
  tenant_id: 't-1',
  permissions: ['inventory:read', 'planning:read', 'scanning:read'],
};
const nothing: FindValues = () => [];

function planOf(text: string): SyncPlan {
  const read = readSyncConfig(text);
  if (!read.ok) throw new Error(read.error.map(describeProblem).join());
  return read.value;
}

function contextOf(plan: SyncPlan, request: Partial<StreamRequest>, bucketsAtMost = 1000) {
  const asked = { includeDefaults: true, subscriptions: [], parameters: {}, ...request };
  return { plan, deployment: 'x', claims, request: asked, bucketsAtMost };
}

function granted(plan: SyncPlan, request: Partial<StreamRequest>, find: FindValues = nothing) {
  const grant = resolveBuckets(contextOf(plan, request), find);
  if (!grant.ok) throw new Error(grant.error);
  return grant.value;
}

const to = (stream: string, parameters: unknown = {}, priority: number | null = null) => ({
  stream,
  parameters,
  priority,
});

describe('subscriptions', () => {
  test('to a default stream add a reason and may make it more urgent', () => {
    const grant = granted(own, { subscriptions: [to('stock', {}, 0)] });
    const place = grant.streams.findIndex((stream) => stream.name === 'stock');
    expect(grant.buckets.find((bucket) => bucket.name.startsWith('x#stock|'))).toEqual({
      name: 'x#stock|0["t-1"]',
      priority: 0,
      reasons: [{ default: place }, { sub: 0 }],
    });
  });

  test('[SY17] to a stream that does not exist are not listed', () => {
    const grant = granted(own, { includeDefaults: false, subscriptions: [to('nowhere')] });
    expect(grant).toEqual({ buckets: [], streams: [] });
  });

  test('[SY41] that lead to one bucket are merged: all reasons, the most urgent priority', () => {
    const grant = granted(crew, {
      includeDefaults: false,
      subscriptions: [
        to('event', { event: 'e-1' }),
        to('event', { event: 'e-2' }),
        to('event', { event: 'e-1', more: true }, 1),
        to('event', { event: 'e-1' }, 3),
      ],
    });
    expect(grant.streams).toEqual([{ name: 'event', isDefault: false, errors: [] }]);
    expect(grant.buckets).toEqual([
      { name: 'x#event|0["t-1","e-1"]', priority: 1, reasons: [{ sub: 0 }, { sub: 2 }, { sub: 3 }] },
      { name: 'x#event|1["t-1","e-1"]', priority: 1, reasons: [{ sub: 0 }, { sub: 2 }, { sub: 3 }] },
      { name: 'x#event|0["t-1","e-2"]', priority: 2, reasons: [{ sub: 1 }] },
      { name: 'x#event|1["t-1","e-2"]', priority: 2, reasons: [{ sub: 1 }] },
    ]);
  });

  test('[SY42] with missing or wrong parameters have an error of their own, and others are not touched', () => {
    const grant = granted(crew, {
      subscriptions: [
        to('event'),
        to('event', { event: null }),
        to('event', { event: ['e-1'] }),
        to('event', { event: 1.5 }),
        to('event', { event: 'x'.repeat(601) }),
        to('event', 'e-1'),
        to('event', { event: 'e-1' }),
        to('colleague', { event: 'e-1' }),
      ],
      parameters: { region: true },
    });
    const errorsOf = (name: string) => grant.streams.find((stream) => stream.name === name)?.errors;
    const event = `subscription.parameter('event')`;
    expect(errorsOf('event')).toEqual([
      { subscription: 0, message: `${event} is missing` },
      { subscription: 1, message: `${event} is missing` },
      { subscription: 2, message: `${event} must be text or a whole number` },
      { subscription: 3, message: `${event} must be text or a whole number` },
      { subscription: 4, message: `${event} is too long` },
      { subscription: 5, message: 'the parameters must be an object' },
    ]);
    expect(errorsOf('colleague')).toEqual([
      { subscription: 7, message: `subscription.parameter('user') is missing` },
    ]);
    expect(errorsOf('region')).toEqual([
      { subscription: 'default', message: `connection.parameter('region') must be text or a whole number` },
    ]);
    const ofEvent = grant.buckets.filter((bucket) => bucket.name.startsWith('x#event|'));
    expect(ofEvent.map((bucket) => bucket.reasons)).toEqual([[{ sub: 6 }], [{ sub: 6 }]]);
  });

  test('[SY42] cannot reach what every object inherits', () => {
    const grant = granted(planOf(crewConfig.replaceAll(`parameter('event')`, `parameter('constructor')`)), {
      includeDefaults: false,
      subscriptions: [to('event', {})],
    });
    expect(grant.streams[0]?.errors).toEqual([
      { subscription: 0, message: `subscription.parameter('constructor') is missing` },
    ]);
  });
});

describe('lookups', () => {
  const names = (request: Partial<StreamRequest>, find: FindValues) =>
    granted(crew, request, find).buckets.map((bucket) => bucket.name);

  test('[SY43] give a bucket for each value found, once', () => {
    const find: FindValues = ({ lookup, key }) =>
      lookup.table === 'assignments' && key === '["u"]' ? ['e-1', 'e-2'] : [];
    const found = names({}, find).filter((name) => name.startsWith('x#crew|'));
    expect(found).toEqual(['x#crew|0["t-1","e-1"]', 'x#crew|0["t-1","e-2"]']);
  });

  test('[SY43] are asked once however many streams and subscriptions rest on them', () => {
    const asked = lookupsOf(
      contextOf(crew, {
        subscriptions: [
          to('crew'),
          to('team', { region: 1 }),
          to('colleague', { user: 'v' }),
          to('colleague', { user: 'v', more: 1 }),
          to('colleague', { user: 'w' }),
          to('colleague', {}),
        ],
      }),
    );
    expect(asked.map(({ lookup, key }) => `${lookup.table}${key}`)).toEqual([
      'assignments["u"]',
      'assignments["t-1","v"]',
      'assignments["t-1","w"]',
      'members["u"]',
    ]);
  });
});

describe('limits', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => to('event', { event: `e-${index}` }));

  test('[SY44] name what is too much and where it comes from', () => {
    expect(resolveBuckets(contextOf(crew, { subscriptions: many(10) }, 22), nothing).ok).toBe(true);
    const refused = resolveBuckets(contextOf(crew, { subscriptions: many(11) }, 22), nothing);
    expect(refused.ok ? '' : refused.error).toBe(
      'more than 22 buckets for one connection (event: 22, plans: 1, own: 1); subscribe to less at once',
    );
  });

  test('[SY44] hold for subscriptions that lead to the same buckets again and again', () => {
    const subscriptions = Array.from({ length: 1000 }, () => to('crew'));
    const values = Array.from({ length: 900 }, (_, index) => `e-${index}`);
    const refused = resolveBuckets(contextOf(crew, { subscriptions }), () => values);
    expect(refused.ok ? '' : refused.error).toBe('more than 20 subscriptions to each of 1000 buckets');
  });
});
