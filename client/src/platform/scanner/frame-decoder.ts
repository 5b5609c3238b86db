import type { Frame } from './decode-frame.ts';
import type { DecodeAnswer, DecodeRequest } from './decode-frames.worker.ts';

export type FrameDecoder = {
  readonly decode: (frame: Frame) => Promise<readonly string[]>;
  readonly close: () => void;
};

type Waiting = {
  readonly resolve: (codes: readonly string[]) => void;
  readonly reject: (error: Error) => void;
};

/** Reads codes beside the page, so that the screen keeps its frames while a slow phone thinks. */
export function startFrameDecoder(worker: Worker = newWorker()): FrameDecoder {
  const waitingById = new Map<number, Waiting>();
  let nextId = 1;

  function failAll(reason: string): void {
    for (const waiting of waitingById.values()) waiting.reject(new Error(reason));
    waitingById.clear();
  }

  worker.addEventListener('message', (event: MessageEvent<DecodeAnswer>) => {
    const answer = event.data;
    const waiting = waitingById.get(answer.id);
    waitingById.delete(answer.id);
    if ('codes' in answer) waiting?.resolve(answer.codes);
    else waiting?.reject(new Error(answer.problem));
  });
  worker.addEventListener('error', (event) =>
    failAll(event.message || 'the code reader could not be loaded'),
  );

  return {
    decode(frame) {
      return new Promise((resolve, reject) => {
        const id = nextId;
        nextId += 1;
        waitingById.set(id, { resolve, reject });
        worker.postMessage({ id, frame } satisfies DecodeRequest, [frame.data.buffer]);
      });
    },
    close() {
      worker.terminate();
      failAll('the camera was closed');
    },
  };
}

function newWorker(): Worker {
  return new Worker(new URL('./decode-frames.worker.ts', import.meta.url), { type: 'module' });
}
