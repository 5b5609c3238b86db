import type { BucketKey, BucketSource, Parameter, StreamPlan, TableQuery } from './sync-plan.ts';

/**
 * What a configuration comes to, as one text. It is kept beside the operations: where it is another one, every device
 * downloads everything again. So what could be said from the first version on must be written as it was then.
 */
export function meaningOf(streams: readonly StreamPlan[], queries: readonly TableQuery[]): string {
  return JSON.stringify([
    streams.map((stream) => ({ ...stream, sources: stream.sources.map(meaningOfSource) })),
    queries.map((query) => ({ ...query, source: meaningOfSource(query.source) })),
  ]);
}

/** Keys of the token alone sort before all others, by their names. */
export function meaningOfKey(key: BucketKey): string {
  const parts = partsOf(key);
  return typeof parts === 'string' ? ` ${parts}` : JSON.stringify(parts);
}

function meaningOfSource({ stream, index, keys, gates }: BucketSource) {
  return { stream, index, claims: keys.map(partsOf), gates };
}

function partsOf(key: BucketKey): string | readonly unknown[] {
  if (key.kind === 'value') return partsOfParameter(key.value);
  const { table, column, keyColumns, nulls } = key.lookup;
  return ['lookup', table, column, keyColumns, nulls, key.values.map(partsOfParameter)];
}

function partsOfParameter({ from, name }: Parameter): string | readonly string[] {
  return from === 'auth' ? name : [from, name];
}
