import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { useState } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import type { LogEntry } from '#platform/scanner/scan-report.ts';
import type { ScanSession } from '#platform/scanner/scan-session.ts';
import type { StandIn } from './stand-in.ts';
import type { SurplusDetail } from './surplus-detail.ts';
import type { Replaced } from './view/instead-sheet.tsx';

/** The answers to a thing that the list has no room for: it goes on the list, instead of another one, back, or stays. */
export function useSurplusAnswers<Detail>(
  eventId: EventId,
  session: ScanSession<Detail>,
  surplusOf: (detail: Detail) => SurplusDetail | null,
) {
  const { replica, recordOperation, newId } = usePlatform();
  const [replacing, setReplacing] = useState<LogEntry<Detail> | null>(null);
  return {
    /** What the sheet asks about, while it does. */
    standIn: replacing && standInOf(replacing.code, surplusOf(replacing.detail)),
    closeInstead: () => setReplacing(null),
    takeReplaced: ({ of, operationId, completesLine }: Replaced) => {
      if (replacing === null) return;
      setReplacing(null);
      session.answer(replacing, { ...replacing, completesLine, operationId, said: { kind: 'instead', of } });
    },
    answers: {
      putBack: (entry: LogEntry<Detail>) => void session.undo(entry),
      keep: (entry: LogEntry<Detail>) => {
        session.settle(entry.number);
        session.show(null);
      },
      instead: setReplacing,
      putOnList: async (entry: LogEntry<Detail>) => {
        const toList = surplusOf(entry.detail)?.toList;
        if (toList === undefined) return;
        // Not needed to scan: it comes when it is asked for, from what the device keeps.
        const { putOnList } = await import('./put-on-list.ts');
        const recorded = await putOnList({ replica, recordOperation, newId }, eventId, toList);
        if (!recorded.ok) return session.noteFailure(entry, recorded.error);
        const { id: operationId } = recorded.value.operation;
        session.answer(entry, { ...entry, completesLine: false, operationId, said: { kind: 'listed' } });
      },
    },
  };
}

function standInOf(code: string, surplus: SurplusDetail | null): StandIn | null {
  if (surplus?.productId === undefined) return null;
  return { code, assetId: surplus.assetId, productId: surplus.productId };
}
