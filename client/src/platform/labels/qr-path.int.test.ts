import { blankCode } from '@eventkit/shared/labels/blank-code.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeFrame, type Frame } from '#platform/scanner/decode-frame.ts';
import { loadTestReader } from '#platform/scanner/testing/load-test-reader.ts';
import { type QrPath, qrPathOf } from './qr-path.ts';

beforeAll(loadTestReader);

/** What a camera sees of the drawn path on white paper, each module `scale` pixels wide. */
function pictureOf({ size, path }: QrPath, scale: number): Frame {
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      for (let column = Number(x) * scale; column < (Number(x) + Number(run)) * scale; column += 1) {
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
      }
    }
  }
  return { data, width, height: width };
}

/** White scratches right across a part of the picture. */
function scratched({ data, width, height }: Frame, share: number): Frame {
  const from = Math.floor((height * (1 - share)) / 2);
  const scratch = data.slice();
  for (let y = from; y < from + height * share; y += 1) {
    scratch.fill(255, (y * width + width * 0.6) * 4, (y * width + width * 0.85) * 4);
  }
  return { data: scratch, width, height };
}

const codes = [
  'A-0412',
  'C-031',
  blankCode('NL', new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8])),
  'a lower-case code, with spaces',
  `https://example.org/${'long/'.repeat(12)}`,
];

describe('a printed code', () => {
  it.each(codes)('reads back: %s', async (code) => {
    expect(await decodeFrame(pictureOf(qrPathOf(code), 4))).toEqual([code]);
  });

  it('reads back with a scratch in it', async () => {
    const picture = pictureOf(qrPathOf('A-0412'), 6);
    expect(await decodeFrame(scratched(picture, 0.25))).toEqual(['A-0412']);
  });

  it('is no finer than 0.7 mm a module on the smaller label, for codes that we make', () => {
    const side = 25;
    for (const code of codes.slice(0, 3)) expect(side / qrPathOf(code).size).toBeGreaterThan(0.7);
  });
});
