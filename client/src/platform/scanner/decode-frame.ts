import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';

/** A picture as a canvas gives it: four bytes a pixel. */
export type Frame = {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
};

/** The reader's code: an address of our own origin (offline it comes from the precache), or its bytes. */
export type ReaderWasm = { readonly url: string } | { readonly bytes: ArrayBuffer };

const options: ReaderOptions = {
  formats: ['Code128', 'QRCode', 'DataMatrix', 'EAN13', 'EAN8'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: false,
  maxNumberOfSymbols: 4,
  minLineCount: 2,
};

/** Loads the reader once. Without this the library would ask a content delivery network, which offline is nobody. */
export async function loadReader(wasm: ReaderWasm): Promise<void> {
  const overrides =
    'url' in wasm
      ? { locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasm.url : prefix + path) }
      : { wasmBinary: wasm.bytes };
  await prepareZXingModule({ overrides, fireImmediately: true });
}

/** Every readable code in the frame, as text; empty where there is none or none can be read. */
export async function decodeFrame(frame: Frame): Promise<readonly string[]> {
  if (frame.width < 8 || frame.height < 8) return [];
  const picture = { ...frame, colorSpace: 'srgb' } as unknown as ImageData;
  const results = await readBarcodes(picture, options);
  return results.filter((result) => result.isValid && result.text !== '').map((result) => result.text);
}
