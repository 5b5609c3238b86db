import { create } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';
import {
  ImportOperationsResponseSchema,
  ImportOutcome,
} from '@eventkit/proto/gen/eventkit/v1/sync_health_pb.ts';
import { expect, test } from 'vitest';
import { importProblemOf, readImport } from './read-import.ts';

test('an import is counted by what became of each operation, and names what did not go in', () => {
  const operation = (id: string, outcome: ImportOutcome, reason = '') => ({
    id,
    outcome,
    reason,
    sequence: 7n,
  });
  const response = create(ImportOperationsResponseSchema, {
    deviceName: 'Dock 2',
    isWhole: true,
    operations: [
      operation('a', ImportOutcome.TAKEN),
      operation('b', ImportOutcome.TAKEN),
      operation('c', ImportOutcome.ALREADY_THERE),
      operation('d', ImportOutcome.KEPT_UNREAD, 'unknown_person'),
      operation('e', ImportOutcome.DAMAGED),
      operation('f', 99 as ImportOutcome),
    ],
  });
  const { counts, leftOut } = readImport(response);
  expect(counts).toEqual({ taken: 2, already_there: 1, kept_unread: 1, damaged: 2 });
  expect(leftOut.map(({ id, outcome, reason }) => [id, outcome, reason])).toEqual([
    ['d', 'kept_unread', 'unknown_person'],
    ['e', 'damaged', ''],
    ['f', 'damaged', ''],
  ]);
});

test('a refusal is told by its reason, anything else is no answer', () => {
  const refusal = (reason: string) =>
    new ConnectError('no', Code.FailedPrecondition, undefined, [
      { desc: ErrorDetailSchema, value: { reason, field: 'file' } },
    ]);
  expect(importProblemOf(refusal('other_company'))).toBe('other_company');
  expect(importProblemOf(refusal('weather'))).toBe('no_answer');
  expect(importProblemOf(new TypeError('fetch failed'))).toBe('no_answer');
});
