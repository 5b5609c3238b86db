import type { IncomingMessage } from 'node:http';
import { askForStream } from '#ask-for-stream.ts';

const COMPLETE = Buffer.from('{"checkpoint_complete"');

export type StreamReader = {
  /** Settles at the first `checkpoint_complete`. */
  readonly whole: Promise<void>;
  close(): void;
};

/** Reads a stream as fast as it comes and takes nothing apart. `onBytes` hears everything after the first download. */
export function readStream(
  server: { readonly url: string; readonly token: string },
  onBytes: (bytes: Buffer) => void = () => undefined,
): StreamReader {
  const outgoing = askForStream(server, 'identity');
  const whole = new Promise<void>((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      if (response.statusCode !== 200) return reject(new Error(`/sync/stream: ${response.statusCode}`));
      let tail: Buffer = Buffer.alloc(0);
      let isWhole = false;
      response.on('error', reject);
      response.on('data', (bytes: Buffer) => {
        if (isWhole) return onBytes(bytes);
        tail = Buffer.concat([tail, bytes.subarray(-COMPLETE.length * 4)]).subarray(-COMPLETE.length * 8);
        if (!tail.includes(COMPLETE)) return;
        isWhole = true;
        resolve();
      });
    });
  });
  whole.catch(() => undefined);
  return { whole, close: () => outgoing.destroy() };
}

/** Asks for a stream and never reads from it. */
export function stallStream(server: { readonly url: string; readonly token: string }): Promise<() => void> {
  const outgoing = askForStream(server, 'identity');
  return new Promise((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (response: IncomingMessage) => {
      response.pause();
      resolve(() => outgoing.destroy());
    });
  });
}
