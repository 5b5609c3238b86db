import { useEffect, useState } from 'react';
import { usePlatform, useSyncState } from '#platform/live/replica-context.tsx';
import type { ReadProblem } from './attachments.ts';
import type { ShownAttachment } from './read-attachments.ts';

export type AttachmentRead = {
  /** Null until it is read. */
  readonly content: Blob | null;
  readonly problem: ReadProblem | null;
};

/** The bytes of a file where they are wanted: from this device, else fetched; tried again when the network changes. */
export function useAttachment(
  { id, isUploaded }: Pick<ShownAttachment, 'id' | 'isUploaded'>,
  isWanted: boolean,
): AttachmentRead {
  const { attachments } = usePlatform();
  const isCutOff = useIsCutOff();
  const [read, setRead] = useState<AttachmentRead>({ content: null, problem: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a network or a file that comes is a reason to ask again.
  useEffect(() => {
    if (!isWanted || read.content !== null) return undefined;
    const stop = new AbortController();
    attachments.read(id, stop.signal).then(
      (found) => {
        if (stop.signal.aborted) return;
        setRead(found.ok ? { content: found.value, problem: null } : { content: null, problem: found.error });
      },
      (error: unknown) => {
        console.error(error);
        if (!stop.signal.aborted) setRead({ content: null, problem: 'unreachable' });
      },
    );
    return () => stop.abort();
  }, [attachments, id, isWanted, isCutOff, isUploaded]);
  return read;
}

/** True where nothing is to be had from the server now: no network, no answer, or a person who wants none. */
export function useIsCutOff(): boolean {
  const { mode } = useSyncState();
  return mode === 'offline' || mode === 'unreachable' || mode === 'held';
}
