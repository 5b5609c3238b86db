import { randomUUID } from 'node:crypto';
import { createTokenBuckets } from '@eventkit/api/http/limits/token-buckets.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { describeError } from './describe-error.ts';
import type { SentryDsn } from './sentry-dsn.ts';
import { withoutPersonalWords } from './without-personal-words.ts';

export type ErrorReporter = {
  /** Sends a line of the log that tells of an error. Never throws, never waits. */
  report(line: { readonly message: string; readonly fields: Readonly<Record<string, unknown>> }): void;
  /** Resolves when nothing is on its way any more, at the latest after each report's time is up. */
  flush(): Promise<void>;
};

/** What goes along of a line of the log: nothing that names a person or their device. */
const TOLD = ['requestId', 'rpc', 'tenantId', 'operationId'] as const;
const GIVE_UP_AFTER_MS = 5000;
const MOST_AT_ONCE = 20;
/** Of one kind of error ten at once and then one in a minute; of all kinds a hundred at once and one in a second. */
const ONE_KIND = { perSecond: 1 / 60, burst: 10 };
const ALL_KINDS = { perSecond: 1, burst: 100 };
const MOST_KINDS = 1000;
const REST_MS = 60_000;

/**
 * Sends errors to whatever speaks Sentry's envelope protocol. What could not be sent is told to `onProblem` and given up:
 * the log has it in any case.
 */
export function createErrorReporter(capabilities: {
  readonly dsn: SentryDsn;
  readonly environment: string;
  /** Files below it are named from here on. */
  readonly root: string;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  readonly onProblem: (problem: string) => void;
}): ErrorReporter {
  const { dsn, clock, fetch, onProblem } = capabilities;
  const buckets = createTokenBuckets(clock, MOST_KINDS);
  const sending = new Set<Promise<void>>();
  let restsUntilMs = 0;

  async function send(body: string): Promise<void> {
    try {
      const response = await fetch(dsn.envelopeUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-sentry-envelope',
          'x-sentry-auth': `Sentry sentry_version=7, sentry_client=eventkit/1, sentry_key=${dsn.publicKey}`,
        },
        body,
        signal: AbortSignal.timeout(GIVE_UP_AFTER_MS),
      });
      await response.arrayBuffer();
      if (response.status === 429) {
        const seconds = Number(response.headers.get('retry-after'));
        restsUntilMs = clock.monotonicMs() + (seconds > 0 ? seconds * 1000 : REST_MS);
      }
      if (!response.ok) onProblem(`the error report was answered with ${response.status}`);
    } catch (error) {
      onProblem(`the error report could not be sent: ${String(error)}`);
    }
  }

  return {
    report({ message, fields }) {
      const values = describeError(fields['err'] ?? message, capabilities.root);
      const kind = `${message} ${values.map(({ type, value }) => `${type} ${value}`).join(' ')}`;
      if (sending.size >= MOST_AT_ONCE || clock.monotonicMs() < restsUntilMs) return;
      const wanted = [
        { key: kind, ...ONE_KIND },
        { key: 'all', ...ALL_KINDS },
      ];
      if (buckets.take(wanted).emptiest !== null) return;
      const sent: Promise<void> = send(envelopeOf(capabilities, message, fields, values)).finally(() =>
        sending.delete(sent),
      );
      sending.add(sent);
    },
    async flush() {
      await Promise.all(sending);
    },
  };
}

function envelopeOf(
  { environment, clock }: { readonly environment: string; readonly clock: Clock },
  message: string,
  fields: Readonly<Record<string, unknown>>,
  values: ReturnType<typeof describeError>,
): string {
  const eventId = randomUUID().replaceAll('-', '');
  const sentAt = new Date(clock.wallMs()).toISOString();
  const event = {
    event_id: eventId,
    timestamp: sentAt,
    platform: 'node',
    level: 'error',
    environment,
    logentry: { formatted: withoutPersonalWords(message) },
    exception: { values },
    tags: Object.fromEntries(TOLD.flatMap((name) => (fields[name] ? [[name, String(fields[name])]] : []))),
  };
  const lines = [{ event_id: eventId, sent_at: sentAt }, { type: 'event' }, event];
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
}
