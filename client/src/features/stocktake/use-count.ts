import type { StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import { ok } from '@eventkit/shared/kernel/result.ts';
import { useMemo } from 'react';
import { createObservable } from '#platform/live/observable.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { useObservable } from '#platform/live/use-observable.ts';
import { feedbackOfThisDevice } from '#platform/scanner/device-feedback.ts';
import { useScanSession } from '#platform/scanner/use-scan-session.ts';
import { type CountDetail, type CountPlace, countThing } from './count-thing.ts';

/** A counting session: a burst runs ahead of what is rendered, so the place that counts now is kept beside it. */
export function useCount(stocktakeId: StocktakeId) {
  const { replica, recordOperation } = usePlatform();
  const desk = useMemo(() => createObservable<CountPlace | null>(null), []);
  const { session, state } = useScanSession<CountDetail>(`count:${stocktakeId}`, async (input) => {
    const job = { stocktakeId, place: desk.current() };
    const answer = await countThing({ replica, recordOperation }, job, input);
    if (!answer.ok) return answer;
    if (answer.value.kind === 'report') return ok(answer.value.report);
    desk.set(answer.value.place);
    feedbackOfThisDevice().play('line_complete');
    return ok(null);
  });
  return { place: useObservable(desk), setPlace: desk.set, session, state };
}
