import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, type WriteInputBarcodeFormat, writeBarcode } from 'zxing-wasm/writer';
import { decodeFrame, type Frame, loadReader } from './decode-frame.ts';

async function wasm(name: string): Promise<ArrayBuffer> {
  const bytes = await readFile(fileURLToPath(import.meta.resolve(`zxing-wasm/${name}`)));
  return new Uint8Array(bytes).buffer;
}

/** A picture of the code on white, each module `scale` pixels wide. */
async function pictureOf(format: WriteInputBarcodeFormat, text: string, scale = 3): Promise<Frame> {
  const { symbol, error } = await writeBarcode(text, { format, scale: 1 });
  if (error) throw new Error(error);
  const margin = 12;
  const rows = symbol.height === 1 ? 40 : symbol.height;
  const width = (symbol.width + 2 * margin) * scale;
  const height = (rows + 2 * margin) * scale;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < rows * scale; y += 1) {
    for (let x = 0; x < symbol.width * scale; x += 1) {
      const row = symbol.height === 1 ? 0 : Math.floor(y / scale);
      const level = symbol.data[row * symbol.width + Math.floor(x / scale)] ?? 255;
      const at = ((y + margin * scale) * width + x + margin * scale) * 4;
      data.fill(level, at, at + 3);
    }
  }
  return { data, width, height };
}

/** Even grey noise from a fixed seed: what a camera sees of a torn label in the dark. */
function noise(width: number, height: number): Frame {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  let state = 20261122;
  for (let index = 0; index < data.length; index += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data.fill(state >>> 24, index, index + 3);
  }
  return { data, width, height };
}

describe('reading a frame', () => {
  beforeAll(async () => {
    await loadReader({ bytes: await wasm('reader/zxing_reader.wasm') });
    await prepareZXingModule({
      overrides: { wasmBinary: await wasm('writer/zxing_writer.wasm') },
      fireImmediately: true,
    });
  });

  const labels: readonly (readonly [WriteInputBarcodeFormat, string])[] = [
    ['Code128', 'A-0412'],
    ['QRCode', 'A-0412'],
    ['DataMatrix', 'C-040'],
    ['EAN13', '4006381333931'],
    ['QRCode', 'https://kit.example/a/A-0412'],
  ];
  it.each(labels)('reads %s %s', async (format, text) => {
    expect(await decodeFrame(await pictureOf(format, text))).toEqual([text]);
  });

  it('reads nothing from a frame without a readable code, and does not fail', async () => {
    expect(await decodeFrame(noise(640, 360))).toEqual([]);
    expect(
      await decodeFrame({ data: new Uint8ClampedArray(640 * 360 * 4), width: 640, height: 360 }),
    ).toEqual([]);
    expect(await decodeFrame({ data: new Uint8ClampedArray(4), width: 1, height: 1 })).toEqual([]);
  });
});
