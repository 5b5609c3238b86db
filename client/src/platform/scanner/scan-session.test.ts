import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import { err, ok } from '@eventkit/shared/kernel/result.ts';
import { describe, expect, it } from 'vitest';
import type { ScanOutcome } from '#ui/scan-outcome.ts';
import { sameThingAgain } from './scan-report.ts';
import { countOutcomes, unsettled } from './session-log.ts';
import { reportOf, scanned, session, settle, thing } from './testing/trial-session.ts';

describe('an answer to an entry', () => {
  it('settles it and stands as the newest thing done; taken back, the entry is open again', async () => {
    const { scans, intents, signals } = session({ scan: async ({ code }) => ok(reportOf(code, 'unknown')) });
    scans.submit(scanned('X-9'));
    await settle();
    const [unknown] = scans.state.current().log;
    if (!unknown) throw new Error('nothing was noted');
    const operationId = 'op-label' as OperationId;
    const said = { kind: 'labelled', label: 'X-9', opensConflict: false } as const;
    scans.answer(unknown, { code: 'A-1', title: 'Lamp', completesLine: false, operationId, said });
    const { log, shown } = scans.state.current();
    expect(log).toMatchObject([
      { number: 2, outcome: 'ok', code: 'A-1', answer: { number: 1, said } },
      { number: 1, isSettled: true },
    ]);
    expect(shown?.number).toBe(2);
    expect(signals).toEqual(['unknown', 'ok']);
    expect(unsettled(log)).toEqual([]);
    await scans.undoLast();
    expect(intents).toEqual([{ kind: 'undo', operationId }]);
    expect(unsettled(scans.state.current().log)).toMatchObject([{ number: 1 }]);
  });
});

describe('a session of scans', () => {
  it('remembers of each entry whether a label was read, also when it is answered later', async () => {
    const { scans } = session({
      scan: async ({ code }) => ok(reportOf(code, code === 'A-3' ? 'blocked' : 'ok')),
    });
    scans.submit(scanned('A-1'));
    scans.submit({ code: 'A-2', assetId: thing });
    scans.submit({ code: 'A-3', assetId: thing });
    await settle();
    await scans.release(async () => ok(reportOf('A-3')));
    const { log } = scans.state.current();
    expect(log.map(({ code, isByHand }) => [code, isByHand ?? false])).toEqual([
      ['A-3', true],
      ['A-3', true],
      ['A-2', true],
      ['A-1', false],
    ]);
    expect(log.slice(-2).map((entry) => sameThingAgain(entry, thing))).toEqual([
      { code: 'A-2', assetId: thing },
      { code: 'A-1', assetId: thing, isRead: true },
    ]);
  });

  it('works on a burst one at a time, in order, and loses none', async () => {
    let inWork = 0;
    const order: string[] = [];
    const { scans, clock, codes } = session({
      scan: async ({ code }) => {
        inWork += 1;
        expect(inWork).toBe(1);
        await Promise.resolve();
        order.push(code);
        inWork -= 1;
        return ok(reportOf(code));
      },
    });
    const burst = Array.from({ length: 40 }, (_, index) => `A-${index}`);
    for (const code of burst) {
      clock.nowMs += 5;
      scans.submit(scanned(code));
    }
    expect(scans.state.current().waitingCount).toBe(40);
    for (let turn = 0; turn < 10; turn += 1) await settle();
    expect(order).toEqual(burst);
    expect(codes()).toEqual([...burst].reverse());
    expect(scans.state.current().waitingCount).toBe(0);
  });

  it('ignores the same code within 1.5 s and takes it as a scan of its own later', async () => {
    const { scans, clock, codes } = session();
    scans.submit(scanned('A-1'));
    clock.nowMs = 1500;
    scans.submit(scanned('A-1'));
    clock.nowMs = 3100;
    scans.submit(scanned('A-1'));
    await settle();
    expect(codes()).toEqual(['A-1', 'A-1']);
  });

  it('signals only after the code was worked on, chime after tone', async () => {
    const { scans, signals } = session({
      scan: async ({ code }) => ok({ ...reportOf(code), completesLine: true }),
    });
    scans.submit(scanned('A-1'));
    expect(signals).toEqual([]);
    await settle();
    expect(signals).toEqual(['ok', 'line_complete']);
  });

  it('logs nothing for a code that is an order to the screen', async () => {
    const { scans, signals } = session({ scan: async () => ok(null) });
    scans.submit(scanned('B4-2'));
    await settle();
    expect(scans.state.current()).toMatchObject({ log: [], waitingCount: 0 });
    expect(signals).toEqual([]);
  });

  it('flashes when neither ear nor hand was reached', async () => {
    const { scans } = session({ signal: () => false });
    scans.submit(scanned('A-1'));
    await settle();
    expect(scans.state.current().flashCount).toBe(1);
  });

  it('takes back the last, then the one before, each by an operation of its own', async () => {
    const { scans, intents } = session();
    for (const code of ['A-1', 'A-2']) scans.submit(scanned(code));
    await settle();
    expect(await scans.undoLast()).toMatchObject({ ok: true, value: { code: 'A-2' } });
    expect(await scans.undoLast()).toMatchObject({ ok: true, value: { code: 'A-1' } });
    expect(await scans.undoLast()).toEqual(err({ tag: 'nothing_to_undo' }));
    expect(intents).toEqual([
      { kind: 'undo', operationId: 'op-A-2' },
      { kind: 'undo', operationId: 'op-A-1' },
    ]);
    expect(countOutcomes(scans.state.current().log).ok).toBe(0);
  });

  it('lets a thing be scanned again at once after it was taken back', async () => {
    const { scans, codes } = session();
    scans.submit(scanned('A-1'));
    await settle();
    await scans.undoLast();
    scans.submit(scanned('A-1'));
    await settle();
    expect(codes()).toEqual(['A-1', 'A-1']);
  });

  it('goes on at once after a wrong event and an unknown, which stay to be settled', async () => {
    const outcomes: Readonly<Record<string, ScanOutcome>> = { 'A-2': 'wrong_event', 'A-3': 'unknown' };
    const { scans, codes, signals } = session({
      scan: async ({ code }) => ok(reportOf(code, outcomes[code])),
    });
    for (const code of ['A-1', 'A-2', 'A-3', 'A-4']) scans.submit(scanned(code));
    await settle();
    expect(codes()).toEqual(['A-4', 'A-3', 'A-2', 'A-1']);
    expect(signals).toEqual(['ok', 'wrong_event', 'unknown', 'ok']);
    expect(scans.state.current()).toMatchObject({ held: null, waitingCount: 0, shown: { code: 'A-4' } });
    expect(unsettled(scans.state.current().log).map(({ code }) => code)).toEqual(['A-3', 'A-2']);
  });
});
