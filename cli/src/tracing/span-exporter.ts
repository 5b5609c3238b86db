/** One step of a trace, in the words of OpenTelemetry. */
export type Span = {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly kind: keyof typeof KINDS;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Readonly<Record<string, string>>;
};

export type SpanExporter = {
  /** Never throws, never waits. */
  export(spans: readonly Span[]): void;
  /** Sends what is left, and resolves when nothing is on its way any more. */
  flush(): Promise<void>;
};

const KINDS = { internal: 1, server: 2, producer: 4, consumer: 5 } as const;
const EVERY_MS = 2000;
const MOST_PER_REQUEST = 500;
const MOST_WAITING = 5000;
const GIVE_UP_AFTER_MS = 5000;

/**
 * Sends spans by OTLP over HTTP as JSON, some at a time, one request after the other. What is too much or cannot be sent
 * is dropped and told to `onProblem`.
 */
export function createSpanExporter(capabilities: {
  /** As OTEL_EXPORTER_OTLP_ENDPOINT says it: /v1/traces is added. */
  readonly endpoint: URL;
  readonly fetch: typeof fetch;
  readonly onProblem: (problem: string) => void;
}): SpanExporter {
  const { endpoint, fetch, onProblem } = capabilities;
  const url = new URL(`${endpoint.href.replace(/\/$/, '')}/v1/traces`);
  let waiting: Span[] = [];
  let timer: NodeJS.Timeout | null = null;
  let sending = Promise.resolve();

  async function send(spans: readonly Span[]): Promise<void> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(requestOf(spans)),
        signal: AbortSignal.timeout(GIVE_UP_AFTER_MS),
      });
      await response.arrayBuffer();
      if (!response.ok) onProblem(`${spans.length} spans were answered with ${response.status}`);
    } catch (error) {
      onProblem(`${spans.length} spans could not be sent: ${String(error)}`);
    }
  }

  function sendWaiting(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const all = waiting;
    waiting = [];
    for (let from = 0; from < all.length; from += MOST_PER_REQUEST) {
      const some = all.slice(from, from + MOST_PER_REQUEST);
      sending = sending.then(() => send(some));
    }
    return sending;
  }

  return {
    export(spans) {
      const room = MOST_WAITING - waiting.length;
      if (spans.length > room) onProblem(`${spans.length - room} spans were dropped: too many at once`);
      waiting.push(...spans.slice(0, room));
      timer ??= setTimeout(() => void sendWaiting(), EVERY_MS).unref();
    },
    flush: sendWaiting,
  };
}

function requestOf(spans: readonly Span[]) {
  return {
    resourceSpans: [
      {
        resource: { attributes: attributesOf({ 'service.name': 'eventkit' }) },
        scopeSpans: [{ scope: { name: 'eventkit' }, spans: spans.map(wireSpan) }],
      },
    ],
  };
}

function wireSpan({ parentSpanId, kind, startMs, endMs, attributes, ...named }: Span) {
  return {
    ...named,
    ...(parentSpanId === null ? {} : { parentSpanId }),
    kind: KINDS[kind],
    startTimeUnixNano: nanosOf(startMs),
    endTimeUnixNano: nanosOf(Math.max(startMs, endMs)),
    attributes: attributesOf(attributes),
  };
}

function nanosOf(ms: number): string {
  return String(BigInt(Math.round(ms * 1000)) * 1000n);
}

function attributesOf(attributes: Readonly<Record<string, string>>) {
  return Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}
