import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { useState } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import type { LogEntry } from '#platform/scanner/scan-report.ts';
import type { ScanSession } from '#platform/scanner/scan-session.ts';
import type { CheckOutDetail } from './check-out-detail.ts';
import type { Replaced, StandIn } from './instead-sheet.tsx';

type Entry = LogEntry<CheckOutDetail>;

/** The answers to a thing that the list has no room for: it goes on the list, or instead of another one. */
export function useAnswers(eventId: EventId, session: ScanSession<CheckOutDetail>) {
  const { replica, recordOperation, newId } = usePlatform();
  const [replacing, setReplacing] = useState<Entry | null>(null);
  return {
    replacing: replacing === null ? null : standInOf(replacing),
    askInstead: setReplacing,
    closeInstead: () => setReplacing(null),
    putOnList: async (entry: Entry) => {
      if (entry.detail.kind !== 'wrong_event' || entry.detail.toList === undefined) return;
      // Not needed to scan: it comes when it is asked for, from what the device keeps.
      const { putOnList } = await import('./put-on-list.ts');
      const { toList } = entry.detail;
      const recorded = await putOnList({ replica, recordOperation, newId }, eventId, toList);
      if (!recorded.ok) return session.noteFailure(entry, recorded.error);
      const { id: operationId } = recorded.value.operation;
      session.answer(entry, { ...entry, completesLine: false, operationId, said: { kind: 'listed' } });
    },
    takeReplaced: ({ of, operationId, completesLine }: Replaced) => {
      if (replacing === null) return;
      setReplacing(null);
      session.answer(replacing, { ...replacing, completesLine, operationId, said: { kind: 'instead', of } });
    },
  };
}

function standInOf({ code, detail }: Entry): StandIn | null {
  if (detail.kind !== 'wrong_event' || detail.productId === undefined) return null;
  return { code, assetId: detail.assetId, productId: detail.productId };
}
