import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { decodeFrame, type Frame, loadReader } from './decode-frame.ts';

/** One frame to read; the answer carries the same number. */
export type DecodeRequest = { readonly id: number; readonly frame: Frame };
export type DecodeAnswer =
  | { readonly id: number; readonly codes: readonly string[] }
  | { readonly id: number; readonly problem: string };

const ready = loadReader({ url: new URL(wasmUrl, self.location.href).href });
// Each request reports the failure itself; without this the page would also hear of an unhandled rejection.
ready.catch(() => undefined);

self.addEventListener('message', (event: MessageEvent<DecodeRequest>) => {
  const { id, frame } = event.data;
  ready
    .then(() => decodeFrame(frame))
    .then(
      (codes) => self.postMessage({ id, codes } satisfies DecodeAnswer),
      (error: unknown) => self.postMessage({ id, problem: String(error) } satisfies DecodeAnswer),
    );
});
