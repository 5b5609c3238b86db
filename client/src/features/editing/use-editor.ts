import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import { useState } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';

/** Something that was saved here and can be taken back. */
export type Saved = { readonly operationId: OperationId; readonly words: string };

export type Editor = {
  /** Saves on this device, at once; nothing for null. `words` name it where it can be taken back. */
  save(intent: Intent | null, words: string): Promise<void>;
  /** Takes back what was saved last on this screen, and what before that when called again. */
  undo(): Promise<void>;
  readonly last: Saved | null;
  readonly hasFailed: boolean;
};

/** Edits are saved as they are made; there is no other button than the one that takes them back. */
export function useEditor(): Editor {
  const { recordOperation } = usePlatform();
  const [saved, setSaved] = useState<readonly Saved[]>([]);
  const [hasFailed, setFailed] = useState(false);
  const last = saved.at(-1) ?? null;
  return {
    async save(intent, words) {
      if (intent === null) return;
      const recorded = await recordOperation(intent);
      setFailed(!recorded.ok);
      if (!recorded.ok) return;
      const { id } = recorded.value.operation;
      setSaved((before) => [...before, { operationId: id, words }]);
    },
    async undo() {
      if (last === null) return;
      const recorded = await recordOperation({ kind: 'undo', operationId: last.operationId });
      setFailed(!recorded.ok);
      if (recorded.ok)
        setSaved((before) => before.filter(({ operationId }) => operationId !== last.operationId));
    },
    last,
    hasFailed,
  };
}
