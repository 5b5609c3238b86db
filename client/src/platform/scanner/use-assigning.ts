import { useState } from 'react';
import { readCodeOf } from '#platform/labels/read-code-of.ts';
import type { Assigned } from '#platform/labels/view/assign-sheet.tsx';
import { usePlatform } from '#platform/live/replica-context.tsx';
import type { LogEntry } from './scan-report.ts';
import type { ScanSession } from './scan-session.ts';

/** Of which entry it is asked what its code is on, and what becomes of the answer. */
export function useAssigning<Detail>({ answer, settle }: Pick<ScanSession<Detail>, 'answer' | 'settle'>) {
  const { replica } = usePlatform();
  const [asked, setAsked] = useState<{ readonly entry: LogEntry<Detail>; readonly code: string } | null>(
    null,
  );
  const open = async (entry: LogEntry<Detail>) => {
    // An entry shows no more of a code than fits on a plate.
    const code = entry.operationId && (await readCodeOf(replica, entry.operationId));
    setAsked({ entry, code: code ?? entry.code });
  };
  return {
    entry: asked?.entry ?? null,
    code: asked?.code ?? null,
    ask: (entry: LogEntry<Detail>) => void open(entry),
    close: () => setAsked(null),
    take: ({ thing, code, operationId, opensConflict }: Assigned) => {
      if (asked === null) return;
      setAsked(null);
      const { entry } = asked;
      if (operationId === null) return settle(entry.number);
      const said = { kind: 'labelled', label: code, opensConflict } as const;
      answer(entry, { code: thing.code, title: thing.title, completesLine: false, operationId, said });
    },
  };
}
