import { Code, ConnectError } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';
import { expect, it } from 'vitest';
import { failureOf } from './failure-of.ts';
import { refusalOf } from './refusal-of.ts';

function refusing(value: {
  readonly reason: string;
  readonly field?: string;
  readonly retryAfterMs?: number;
  readonly violations?: { field: string; rule: string; message: string }[];
}): ConnectError {
  return new ConnectError('no', Code.InvalidArgument, undefined, [{ desc: ErrorDetailSchema, value }]);
}

it('tells for each field the first rule that it breaks', () => {
  const violations = [
    { field: 'name', rule: 'string.min_len', message: 'too short' },
    { field: 'device_id', rule: 'string.uuid', message: 'no UUID' },
    { field: 'name', rule: 'string.pattern', message: 'not like this' },
  ];
  const refusal = refusalOf(refusing({ reason: 'invalid', field: 'name', violations }));
  expect(refusal).toMatchObject({ reason: 'invalid', field: 'name', retryAfterMs: null });
  expect(Object.fromEntries(refusal?.rulesByField ?? [])).toEqual({
    name: 'string.min_len',
    device_id: 'string.uuid',
  });
});

it('knows when to come again', () => {
  expect(refusalOf(refusing({ reason: 'rate_limited', retryAfterMs: 2500 }))).toMatchObject({
    field: null,
    retryAfterMs: 2500,
  });
});

it.each([new TypeError('Failed to fetch'), new ConnectError('gone', Code.Unavailable), 'a string'])(
  'is none where the server did not say',
  (thrown) => {
    expect(refusalOf(thrown)).toBeNull();
  },
);

// Batches that were taken for the fault of their content would go one operation at a time, each a call more.
it('for too many calls is no fault of what was sent', () => {
  expect(failureOf(refusing({ reason: 'rate_limited', retryAfterMs: 2500 }))).toMatchObject({
    tag: 'unreachable',
  });
});
