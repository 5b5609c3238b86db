import { crc32, gunzipSync, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  chooseCoding,
  codePart,
  codeSmallPart,
  combineCrc,
  gzipHeader,
  gzipTrailer,
} from './content-coding.ts';

const seed = Number(process.env['EVENTKIT_SEED'] ?? 20261122);
const parts = fc.array(
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  { maxLength: 6 },
);

test('[SY3] parts that were coded apart make one gzip stream', () => {
  fc.assert(
    fc.property(parts, (list) => {
      let crc = 0;
      let length = 0;
      const out: Buffer[] = [gzipHeader];
      for (const part of list) {
        const coded = codeSmallPart('gzip', part);
        crc = combineCrc(crc, coded.crc, coded.rawLength);
        length += coded.rawLength;
        out.push(coded.bytes);
      }
      out.push(gzipTrailer(crc, length));
      expect(crc).toBe(crc32(Buffer.concat(list)));
      expect(gunzipSync(Buffer.concat(out)).equals(Buffer.concat(list))).toBe(true);
    }),
    { seed },
  );
});

test('[SY3] zstd frames and large parts read back', async () => {
  const large = Buffer.from('a line of some length\n'.repeat(5000));
  const zstd = [await codePart('zstd', large), codeSmallPart('zstd', large)];
  const frames = Buffer.concat(zstd.map((part) => part.bytes));
  expect(zstdDecompressSync(frames).equals(Buffer.concat([large, large]))).toBe(true);
  const gzip = await codePart('gzip', large);
  const member = Buffer.concat([gzipHeader, gzip.bytes, gzipTrailer(gzip.crc, large.length)]);
  expect(gunzipSync(member).equals(large)).toBe(true);
});

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br, zstd', 'zstd'],
  ['gzip, deflate', 'gzip'],
  ['zstd;q=0, GZIP;q=0.5', 'gzip'],
  ['br', 'identity'],
  ['gzip;q=0', 'identity'],
])('[SY3] accept-encoding %s gives %s', (accepted, coding) => {
  expect(chooseCoding(accepted)).toBe(coding);
});
