import type { AssetId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import { describe, expect, it } from 'vitest';
import type { RecordError, RecordedOperation } from '#platform/operations/recorded-operation.ts';
import type { ScanOutcome } from '#ui/scan-outcome.ts';
import type { Signal } from './feedback-plan.ts';
import { type ScanFailure, type ScanInput, type ScanReport, sameThingAgain } from './scan-report.ts';
import { createScanSession, type ScanSessionDeps } from './scan-session.ts';
import { countOutcomes, unsettled } from './session-log.ts';

type Detail = null;

const thing = 'a-thing' as AssetId;

function scanned(code: string): ScanInput {
  return { code, assetId: null };
}

function reportOf(code: string, outcome: ScanOutcome = 'ok'): ScanReport<Detail> {
  const operationId = outcome === 'blocked' || outcome === 'already' ? null : (`op-${code}` as OperationId);
  return { outcome, code, title: null, detail: null, operationId, completesLine: false };
}

/** Lets everything that is ready run, without waiting for time to pass. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

function session(more: Partial<ScanSessionDeps<Detail>> = {}) {
  const clock = { nowMs: 0 };
  const signals: Signal[] = [];
  const intents: Intent[] = [];
  const reported: unknown[] = [];
  const store = { problem: null as RecordError | null };
  const recordOperation = async (intent: Intent): Promise<Result<RecordedOperation, RecordError>> => {
    if (store.problem) return err(store.problem);
    intents.push(intent);
    return ok({} as RecordedOperation);
  };
  const scans = createScanSession<Detail>({
    scan: async ({ code }) => (store.problem ? err(store.problem) : ok(reportOf(code))),
    recordOperation,
    signal: (signal) => signals.push(signal) > 0,
    nowMs: () => clock.nowMs,
    report: (error) => reported.push(error),
    ...more,
  });
  const codes = () => scans.state.current().log.map((entry) => entry.code);
  return { scans, clock, signals, intents, reported, store, codes };
}

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

  it('holds what comes after a blocked thing until it is answered, then goes on', async () => {
    const { scans, codes } = session({
      scan: async ({ code }) => ok(reportOf(code, code === 'M-0031' ? 'blocked' : 'ok')),
    });
    for (const code of ['A-1', 'M-0031', 'A-2', 'A-3']) scans.submit(scanned(code));
    await settle();
    expect(codes()).toEqual(['M-0031', 'A-1']);
    expect(scans.state.current()).toMatchObject({ waitingCount: 2, held: { code: 'M-0031' } });
    await scans.release(async () => ok(null));
    await settle();
    expect(codes()).toEqual(['A-3', 'A-2', 'M-0031', 'A-1']);
    expect(scans.state.current().held).toBeNull();
  });

  it('keeps the hold when the answer could not be recorded', async () => {
    const { scans } = session({ scan: async ({ code }) => ok(reportOf(code, 'blocked')) });
    scans.submit(scanned('M-0031'));
    await settle();
    const failure: ScanFailure = { tag: 'storage_full', problem: 'disk full' };
    expect(await scans.release(async () => err(failure))).toEqual(err(failure));
    expect(scans.state.current().held?.code).toBe('M-0031');
  });

  it('keeps a code that could not be recorded and records it when there is room again', async () => {
    const { scans, store, codes, signals } = session();
    store.problem = { tag: 'storage_full', problem: 'SQLITE_FULL' };
    scans.submit(scanned('A-1'));
    scans.submit(scanned('A-2'));
    await settle();
    expect(codes()).toEqual([]);
    expect(signals).toEqual(['blocked']);
    expect(scans.state.current()).toMatchObject({
      waitingCount: 2,
      failure: { tag: 'storage_full', code: 'A-1' },
    });
    store.problem = null;
    scans.retry();
    await settle();
    expect(codes()).toEqual(['A-2', 'A-1']);
    expect(scans.state.current().failure).toBeNull();
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

  it('leaves the entry standing when its undo could not be recorded', async () => {
    const { scans, store } = session();
    scans.submit(scanned('A-1'));
    await settle();
    store.problem = { tag: 'storage_failed', problem: 'gone' };
    expect(await scans.undoLast()).toMatchObject({ ok: false, error: { tag: 'storage_failed' } });
    expect(scans.state.current().log[0]?.isUndone).toBe(false);
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

  it('says that an undo or an answer was not recorded, until it is', async () => {
    const { scans, store, signals } = session();
    scans.submit(scanned('A-1'));
    await settle();
    store.problem = { tag: 'storage_full', problem: 'SQLITE_FULL' };
    await scans.undoLast();
    expect(scans.state.current().answerFailure).toEqual({ ...store.problem, code: 'A-1' });
    expect(signals).toEqual(['ok', 'blocked']);
    store.problem = null;
    await scans.undoLast();
    expect(scans.state.current().answerFailure).toBeNull();

    const other = session({ scan: async ({ code }) => ok(reportOf(code, 'blocked')) });
    other.scans.submit(scanned('M-0031'));
    await settle();
    const failure: ScanFailure = { tag: 'storage_failed', problem: 'gone' };
    await other.scans.release(async () => err(failure));
    expect(other.scans.state.current().answerFailure).toEqual({ ...failure, code: 'M-0031' });
    other.scans.dismissAnswerFailure();
    expect(other.scans.state.current().answerFailure).toBeNull();
  });

  it('stops where everybody sees it when a scan breaks, and loses neither it nor what follows', async () => {
    const broken = { now: true };
    const { scans, codes, reported } = session({
      scan: async ({ code }) => {
        if (broken.now) throw new Error('no such table');
        return ok(reportOf(code));
      },
    });
    for (const code of ['A-1', 'A-2']) scans.submit(scanned(code));
    await settle();
    expect(scans.state.current()).toMatchObject({
      waitingCount: 2,
      failure: { tag: 'storage_failed', code: 'A-1', problem: 'Error: no such table' },
    });
    expect(reported).toEqual([new Error('no such table')]);
    broken.now = false;
    scans.retry();
    await settle();
    expect(codes()).toEqual(['A-2', 'A-1']);
  });

  it('lets one answer let go of one thing only', async () => {
    const { scans } = session({ scan: async ({ code }) => ok(reportOf(code, 'blocked')) });
    for (const code of ['M-1', 'M-2']) scans.submit(scanned(code));
    await settle();
    const slowly = async () => {
      await settle();
      return ok(null);
    };
    await Promise.all([scans.release(async () => ok(null)), scans.release(slowly)]);
    await settle();
    expect(scans.state.current().held?.code).toBe('M-2');
  });

  it('comes back to an unanswered block with all that waited behind it, and goes on after the answer', async () => {
    const kept = { waiting: [] as readonly ScanInput[] };
    const scan = async ({ code }: ScanInput) => ok(reportOf(code, code === 'M-0031' ? 'blocked' : 'ok'));
    const keepWaiting = (waiting: readonly ScanInput[]) => {
      kept.waiting = [...waiting];
    };
    const left = session({ scan, keepWaiting });
    for (const code of ['M-0031', 'A-1', 'A-2']) left.scans.submit(scanned(code));
    await settle();
    const { log } = left.scans.state.current();

    const { scans, codes } = session({ scan, keepWaiting, log, waiting: kept.waiting });
    scans.start();
    await settle();
    expect(scans.state.current()).toMatchObject({
      waitingCount: 2,
      held: { code: 'M-0031' },
      shown: { code: 'M-0031' },
    });
    await scans.release(async () => ok(null));
    await settle();
    expect(codes()).toEqual(['A-2', 'A-1', 'M-0031']);
    expect(kept.waiting).toEqual([]);
  });
});
