import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadReader } from '#platform/scanner/decode-frame.ts';

/** The camera's reader, where there is no browser: whatever `decodeFrame` is shown afterwards is really read. */
export async function loadTestReader(): Promise<void> {
  const bytes = await readFile(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
  await loadReader({ bytes: new Uint8Array(bytes).buffer });
}
