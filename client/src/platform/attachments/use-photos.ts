import { MOST_ATTACHMENTS } from '@eventkit/shared/attachments/attachment.ts';
import type { AttachmentId } from '@eventkit/shared/kernel/ids.ts';
import { useRef, useState } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import type { TakenAttachment } from './taken-attachment.ts';

/** Photos that a person is adding to what they are about to record. */
export type Photos = {
  readonly taken: readonly TakenAttachment[];
  /** True while one is being made small; what is recorded now would lack it. */
  readonly isPreparing: boolean;
  /** unreadable: the last file was no picture that this browser shows. too_many: more than one operation takes. */
  readonly problem: 'unreadable' | 'too_many' | null;
  add(pictures: readonly Blob[]): void;
  remove(id: AttachmentId): void;
  clear(): void;
};

export function usePhotos(): Photos {
  const { attachments } = usePlatform();
  const [taken, setTaken] = useState<readonly TakenAttachment[]>([]);
  const [preparingCount, setPreparingCount] = useState(0);
  const [problem, setProblem] = useState<Photos['problem']>(null);
  /** What is still being made when the sheet closes belongs to nothing any more. */
  const round = useRef(0);

  const prepare = async (pictures: readonly Blob[]) => {
    const ownRound = round.current;
    setPreparingCount((count) => count + 1);
    // One after the other: a large picture takes 200 MB while it is drawn.
    for (const picture of pictures) {
      const photo = await attachments.takePhoto(picture);
      if (round.current !== ownRound) break;
      if (photo.ok) setTaken((before) => [...before, photo.value]);
      else setProblem('unreadable');
    }
    setPreparingCount((count) => count - 1);
  };
  return {
    taken,
    isPreparing: preparingCount > 0,
    problem,
    add(pictures) {
      const room = MOST_ATTACHMENTS - taken.length;
      setProblem(pictures.length > room ? 'too_many' : null);
      void prepare(pictures.slice(0, room));
    },
    remove: (id) => setTaken((before) => before.filter(({ file }) => file.id !== id)),
    clear() {
      round.current += 1;
      setTaken([]);
      setProblem(null);
    },
  };
}
