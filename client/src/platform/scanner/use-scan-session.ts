import { useEffect, useMemo, useRef } from 'react';
import { usePlatform, useSession } from '#platform/live/replica-context.tsx';
import { useObservable } from '#platform/live/use-observable.ts';
import { useCodeDesk } from './code-desk-context.tsx';
import { feedbackOfThisDevice, unlockOnFirstTouch } from './device-feedback.ts';
import { keepLog, loadLog } from './kept-log.ts';
import { keepWaiting, loadWaiting } from './kept-waiting.ts';
import {
  createScanSession,
  type ScanSession,
  type ScanSessionDeps,
  type SessionState,
} from './scan-session.ts';

/**
 * A scanning session for a screen: takes every code of the wedge, answers by sound and pulse, keeps its log and what
 * waits over a reload under `name`, of each person for themselves. `scan` may be a new function at each render.
 */
export function useScanSession<Detail>(
  screenName: string,
  scan: ScanSessionDeps<Detail>['scan'],
): { readonly session: ScanSession<Detail>; readonly state: SessionState<Detail> } {
  const { recordOperation } = usePlatform();
  const name = useKeptName(screenName);
  const desk = useCodeDesk();
  const latestScan = useRef(scan);
  latestScan.current = scan;

  const session = useMemo(() => {
    const feedback = feedbackOfThisDevice();
    return createScanSession<Detail>({
      scan: (input) => latestScan.current(input),
      recordOperation,
      signal: (signal) => {
        const { isHeard, isFelt } = feedback.play(signal);
        return isHeard || isFelt;
      },
      nowMs: () => Date.now(),
      report: reportError,
      log: loadLog<Detail>(localStorage, name, Date.now()),
      waiting: loadWaiting(localStorage, name, Date.now()),
      keepWaiting: (waiting) => keepWaiting(localStorage, name, waiting, Date.now()),
    });
  }, [name, recordOperation]);

  useEffect(() => {
    const stopKeeping = session.state.subscribe(({ log }) => keepLog(localStorage, name, log));
    const stopUnlocking = unlockOnFirstTouch(window, feedbackOfThisDevice());
    session.start();
    const stopTaking = desk.takeAll(({ text, length }) =>
      session.submit({ code: text, assetId: null, sentLength: length }),
    );
    return () => {
      stopKeeping();
      stopUnlocking();
      stopTaking();
    };
  }, [session, name, desk]);

  return { session, state: useObservable(session.state) };
}

/** On a shared device what one of them left unfinished waits for them, and is nobody else's. */
function useKeptName(screenName: string): string {
  const { isShared } = useObservable(usePlatform().sharing);
  const { userId } = useSession();
  return isShared ? `${screenName}.${userId}` : screenName;
}
