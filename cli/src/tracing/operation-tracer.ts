import { createHash } from 'node:crypto';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { Span, SpanExporter } from './span-exporter.ts';

/** Follows operations from the scan to the moment when other devices are given what came of them. */
export type OperationTracer = {
  /** They have arrived; answers what to call when they are stored. */
  begin(
    operationIds: readonly string[],
    about: Readonly<Record<string, string>>,
  ): (verdictsById: ReadonlyMap<string, string>) => void;
  /** Rows that come of them are given to devices from now on. */
  served(operationIds: Iterable<string>, committedAtMs: number): void;
};

/** Forgotten beyond this: their last step is then missing. */
const MOST_ON_THEIR_WAY = 20_000;

/**
 * An operation's id has the size of a trace's id and is known on every side: the trace of an operation is its id without
 * dashes, and nothing more need travel. When it was recorded is in the id too (UUIDv7, by the device's corrected clock).
 */
export function createOperationTracer({
  exporter,
  clock,
}: {
  readonly exporter: SpanExporter;
  readonly clock: Pick<Clock, 'wallMs'>;
}): OperationTracer {
  const onTheirWay = new Set<string>();
  return {
    begin(operationIds, about) {
      const arrivedAtMs = clock.wallMs();
      for (const id of operationIds) onTheirWay.add(id);
      forgetOldest(onTheirWay);
      return (verdictsById) => {
        const storedAtMs = clock.wallMs();
        exporter.export(
          operationIds.flatMap((id): Span[] => {
            const attributes = { ...about, 'eventkit.operation_id': id };
            const verdict = verdictsById.get(id) ?? 'unknown';
            const recordedAtMs = Math.min(recordedAtOf(id) ?? arrivedAtMs, arrivedAtMs);
            return [
              spanOf(id, 'recorded', {
                parent: null,
                kind: 'producer',
                ...{ startMs: recordedAtMs, endMs: arrivedAtMs, attributes },
              }),
              spanOf(id, 'stored', {
                parent: 'recorded',
                kind: 'server',
                ...{ startMs: arrivedAtMs, endMs: storedAtMs },
                attributes: { ...attributes, 'eventkit.verdict': verdict },
              }),
            ];
          }),
        );
      };
    },
    served(operationIds, committedAtMs) {
      const servedAtMs = clock.wallMs();
      const spans = [...operationIds]
        .filter((id) => onTheirWay.delete(id))
        .map((id) =>
          spanOf(id, 'given to devices', {
            parent: 'stored',
            kind: 'consumer',
            ...{ startMs: committedAtMs, endMs: servedAtMs },
            attributes: { 'eventkit.operation_id': id },
          }),
        );
      if (spans.length > 0) exporter.export(spans);
    },
  };
}

type Step = 'recorded' | 'stored' | 'given to devices';

function spanOf(
  id: string,
  name: Step,
  {
    parent,
    ...rest
  }: Pick<Span, 'kind' | 'startMs' | 'endMs' | 'attributes'> & { readonly parent: Step | null },
): Span {
  const parentSpanId = parent === null ? null : spanIdOf(id, parent);
  return { traceId: id.replaceAll('-', ''), spanId: spanIdOf(id, name), parentSpanId, name, ...rest };
}

/** The same wherever it is made. */
function spanIdOf(id: string, step: Step): string {
  return createHash('sha256').update(`${id}/${step}`).digest('hex').slice(0, 16);
}

function recordedAtOf(id: string): number | null {
  return id[14] === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null;
}

function forgetOldest(ids: Set<string>): void {
  for (const id of ids) {
    if (ids.size <= MOST_ON_THEIR_WAY) return;
    ids.delete(id);
  }
}
