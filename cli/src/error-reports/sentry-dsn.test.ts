import { expect, test } from 'vitest';
import { readSentryDsn } from './sentry-dsn.ts';

test.each([
  ['https://abc123@errors.example.com/42', 'https://errors.example.com/api/42/envelope/'],
  ['http://abc123@localhost:9000/1', 'http://localhost:9000/api/1/envelope/'],
  ['https://abc123@example.com/sentry/7', 'https://example.com/sentry/api/7/envelope/'],
])('%s sends to %s', (dsn, url) => {
  expect(readSentryDsn(dsn)).toEqual({ envelopeUrl: new URL(url), publicKey: 'abc123' });
});

test.each(['errors.example.com', 'https://errors.example.com/42', 'https://a@example.com/', 'ftp://a@b/1'])(
  '%s is none',
  (text) => {
    expect(readSentryDsn(text)).toBeNull();
  },
);
