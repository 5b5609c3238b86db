import { useRef, useState } from 'react';
import { type SendProblem, type SendTo, sendFile } from './send-file.ts';

/** What the screen says of the last file that was sent. */
export type Sending =
  | { readonly tag: 'idle' }
  | { readonly tag: 'sending'; readonly name: string; readonly percent: number }
  | { readonly tag: 'sent'; readonly name: string }
  | { readonly tag: 'refused'; readonly name: string; readonly problem: SendProblem };

/** Sends one file at a time; `onSent` is called when the server has it. */
export function useSending(onSent: () => unknown): {
  readonly sending: Sending;
  send(file: File, to: SendTo): Promise<void>;
  stop(): void;
} {
  const [sending, setSending] = useState<Sending>({ tag: 'idle' });
  const running = useRef<AbortController | null>(null);
  return {
    sending,
    async send(file, to) {
      const { name } = file;
      const controller = new AbortController();
      running.current = controller;
      setSending({ tag: 'sending', name, percent: 0 });
      const onProgress = (percent: number) => setSending({ tag: 'sending', name, percent });
      const sent = await sendFile(file, to, { onProgress, signal: controller.signal });
      if (sent.ok) setSending({ tag: 'sent', name });
      else if (controller.signal.aborted) setSending({ tag: 'idle' });
      else setSending({ tag: 'refused', name, problem: sent.error });
      onSent();
    },
    stop: () => running.current?.abort(),
  };
}
