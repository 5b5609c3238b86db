import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOperationTracer } from './operation-tracer.ts';
import { createSpanExporter, type Span, type SpanExporter } from './span-exporter.ts';

type Sent = { readonly url: string; readonly spans: Record<string, unknown>[] };

let server: Server;
let received: Sent[];
let problems: string[];
let exporter: SpanExporter;

beforeEach(async () => {
  received = [];
  problems = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { resourceSpans } = JSON.parse(body) as {
      resourceSpans: { scopeSpans: { spans: Record<string, unknown>[] }[] }[];
    };
    received.push({ url: request.url ?? '', spans: resourceSpans[0]?.scopeSpans[0]?.spans ?? [] });
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  exporter = createSpanExporter({
    endpoint: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/collector/`),
    fetch,
    onProblem: (problem) => problems.push(problem),
  });
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const SCAN = '0199a000-0001-7000-8000-0000000000aa';
const recordedAtMs = 0x0199a0000001;

test('an operation is one trace: its id, three steps, each the parent of the next', async () => {
  let nowMs = recordedAtMs + 60_000;
  const tracer = createOperationTracer({ exporter, clock: { wallMs: () => nowMs } });
  const stored = tracer.begin([SCAN], { 'eventkit.tenant_id': 'north' });
  nowMs += 20;
  stored(new Map([[SCAN, 'applied']]));
  nowMs += 5;
  tracer.served([SCAN, 'an operation of another server'], nowMs - 8);
  tracer.served([SCAN], nowMs);
  await exporter.flush();

  expect(received.map(({ url }) => url)).toEqual(['/collector/v1/traces']);
  const spans = received.flatMap((sent) => sent.spans);
  expect(spans.map(({ name }) => name)).toEqual(['recorded', 'stored', 'given to devices']);
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([SCAN.replaceAll('-', '')]));
  expect(spans.map(({ parentSpanId }) => parentSpanId)).toEqual([
    undefined,
    spans[0]?.['spanId'],
    spans[1]?.['spanId'],
  ]);
  const nanos = (afterMs: number) => String((BigInt(recordedAtMs) + BigInt(afterMs)) * 1_000_000n);
  expect(spans.map(({ startTimeUnixNano, endTimeUnixNano }) => [startTimeUnixNano, endTimeUnixNano])).toEqual(
    [
      [nanos(0), nanos(60_000)],
      [nanos(60_000), nanos(60_020)],
      [nanos(60_017), nanos(60_025)],
    ],
  );
  expect(spans[1]?.['attributes']).toContainEqual({
    key: 'eventkit.verdict',
    value: { stringValue: 'applied' },
  });
});

test('spans go some at a time, and what is too much is dropped and said', async () => {
  const span: Span = {
    ...{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentSpanId: null, name: 'recorded' },
    ...{ kind: 'internal', startMs: 0, endMs: 1, attributes: {} },
  };
  exporter.export(Array.from({ length: 5010 }, () => span));
  await exporter.flush();
  expect(received).toHaveLength(10);
  expect(problems).toEqual(['10 spans were dropped: too many at once']);
});

test('a collector that is away harms nothing', async () => {
  await new Promise((resolve) => server.close(resolve));
  const tracer = createOperationTracer({ exporter, clock: { wallMs: () => recordedAtMs } });
  tracer.begin([SCAN], {})(new Map());
  await exporter.flush();
  expect(problems).toEqual([expect.stringContaining('2 spans could not be sent')]);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
