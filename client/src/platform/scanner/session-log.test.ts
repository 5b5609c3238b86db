import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import { describe, expect, it } from 'vitest';
import type { ScanOutcome } from '#ui/scan-outcome.ts';
import {
  countOutcomes,
  markSettled,
  markUndone,
  nextToUndo,
  noteScan,
  parseLog,
  type SessionLog,
  unsettled,
} from './session-log.ts';

function logOf(...outcomes: readonly ScanOutcome[]): SessionLog<null> {
  return outcomes.reduce<SessionLog<null>>(
    (log, outcome, index) =>
      noteScan(
        log,
        {
          outcome,
          code: `A-${index}`,
          title: null,
          detail: null,
          operationId: outcome === 'blocked' ? null : (`op-${index}` as OperationId),
          completesLine: false,
        },
        index,
      ),
    [],
  );
}

describe('the log of a session', () => {
  it('counts what stands by outcome', () => {
    const log = markUndone(logOf('ok', 'ok', 'already', 'wrong_event', 'blocked'), 2);
    expect(countOutcomes(log)).toEqual({ ok: 1, already: 1, wrong_event: 1, unknown: 0, blocked: 1 });
  });

  it('undoes the newest that recorded something', () => {
    const log = logOf('ok', 'wrong_event', 'blocked');
    expect(nextToUndo(log)?.number).toBe(2);
    expect(nextToUndo(markUndone(log, 2))?.number).toBe(1);
  });

  it('keeps wrong, unknown and blocked things until they are settled', () => {
    const log = logOf('ok', 'wrong_event', 'unknown', 'already', 'blocked');
    expect(unsettled(log).map((entry) => entry.outcome)).toEqual(['blocked', 'unknown', 'wrong_event']);
    expect(unsettled(markUndone(markSettled(log, 3), 2)).map((entry) => entry.outcome)).toEqual(['blocked']);
  });

  it('survives a reload and shrugs at foreign text', () => {
    const log = logOf('ok', 'unknown');
    expect(parseLog(JSON.stringify(log))).toEqual(log);
    for (const text of [null, '', '{', '[1]', '[{"number":1,"code":"A","outcome":"sold"}]']) {
      expect(parseLog(text)).toEqual([]);
    }
  });

  it('never forgets what waits for somebody, however much follows', () => {
    const many = Array.from({ length: 700 }, () => 'ok' as const);
    const log = logOf('wrong_event', ...many);
    expect(log).toHaveLength(501);
    expect(unsettled(log).map((entry) => entry.code)).toEqual(['A-0']);
  });

  it('is bounded', () => {
    expect(logOf(...Array.from({ length: 600 }, () => 'ok' as const))).toHaveLength(500);
  });
});
