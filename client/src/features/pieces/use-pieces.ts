import type { EventId, OperationId, ProductId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { Disposition } from '@eventkit/shared/operations/operation.ts';
import { useEffect, useState } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { useCodeDesk } from '#platform/scanner/code-desk-context.tsx';
import { feedbackOfThisDevice } from '#platform/scanner/device-feedback.ts';
import { findScanned } from '#platform/scanner/find-scanned.ts';
import { intentOfPieces, type PieceAct } from './intent-of-pieces.ts';

/** What the address of the screen says; everything that is not said yet is null. */
export type PiecesChoice = {
  readonly act: PieceAct;
  readonly productId: ProductId | null;
  readonly placeId: StorageLocationId | null;
  readonly eventId: EventId | null;
};

/** What was recorded last, so that it can be said and taken back. */
export type LastDone = {
  readonly operationId: OperationId;
  readonly act: PieceAct;
  readonly quantity: number;
};

/** Everything the counting pad stands on. */
export function usePieces(choice: PiecesChoice, onChoice: (choice: PiecesChoice) => void) {
  const { replica, recordOperation } = usePlatform();
  const desk = useCodeDesk();
  const [digits, setDigits] = useState('');
  const [targetId, setTargetId] = useState<StorageLocationId | null>(null);
  const [disposition, setDisposition] = useState<Disposition>('ok');
  const [last, setLast] = useState<LastDone | null>(null);
  const [problem, setProblem] = useState<'not_recorded' | 'no_shelf' | null>(null);

  // The label of a shelf chooses where; whatever else is scanned here is not what lies loose.
  useEffect(
    () =>
      desk.takeAll(({ text }) => {
        void findScanned(replica, { code: text, assetId: null }).then((scanned) => {
          const location = scanned.ok && scanned.value.found.kind === 'location' ? scanned.value.found : null;
          setProblem(location ? null : 'no_shelf');
          feedbackOfThisDevice().play(location ? 'line_complete' : 'unknown');
          if (location) onChoice({ ...choice, placeId: location.location.id });
        });
      }),
    [desk, replica, choice, onChoice],
  );

  const intent = intentOfPieces({ ...choice, targetId, disposition, quantity: Number(digits) });
  const isTyped = digits !== '';
  return {
    digits,
    setDigits,
    targetId,
    setTargetId,
    disposition,
    setDisposition,
    last,
    problem,
    canRecord: intent !== null && isTyped,
    record: async () => {
      if (intent === null || !isTyped) return;
      const recorded = await recordOperation(intent);
      setProblem(recorded.ok ? null : 'not_recorded');
      if (!recorded.ok) return;
      feedbackOfThisDevice().play('ok');
      setLast({ operationId: recorded.value.operation.id, act: choice.act, quantity: Number(digits) });
      setDigits('');
    },
    undo: async () => {
      if (last === null) return;
      const undone = await recordOperation({ kind: 'undo', operationId: last.operationId });
      setProblem(undone.ok ? null : 'not_recorded');
      if (undone.ok) setLast(null);
    },
  };
}
