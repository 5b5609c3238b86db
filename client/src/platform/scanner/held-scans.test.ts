import { err, ok } from '@eventkit/shared/kernel/result.ts';
import { describe, expect, it } from 'vitest';
import type { ScanFailure, ScanInput } from './scan-report.ts';
import { reportOf, scanned, session, settle } from './testing/trial-session.ts';

describe('what holds a session of scans', () => {
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

  it('leaves the entry standing when its undo could not be recorded', async () => {
    const { scans, store } = session();
    scans.submit(scanned('A-1'));
    await settle();
    store.problem = { tag: 'storage_failed', problem: 'gone' };
    expect(await scans.undoLast()).toMatchObject({ ok: false, error: { tag: 'storage_failed' } });
    expect(scans.state.current().log[0]?.isUndone).toBe(false);
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
