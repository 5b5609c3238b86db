import { expect, test } from 'vitest';
import { timeoutOf } from './keep-deadline.ts';

test.each([
  [{ 'connect-timeout-ms': '1500' }, 1500],
  [{ 'connect-timeout-ms': '0' }, 0],
  [{ 'grpc-timeout': '2S' }, 2000],
  [{ 'grpc-timeout': '250m' }, 250],
  [{ 'grpc-timeout': '5000u' }, 5],
  [{ 'grpc-timeout': '1H' }, 3_600_000],
  [{}, Number.POSITIVE_INFINITY],
])('%o allows %d ms', (headers, ms) => {
  expect(timeoutOf(new Headers(headers as Record<string, string>))).toBe(ms);
});
