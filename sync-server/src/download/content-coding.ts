import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, deflateRawSync, zstdCompress, zstdCompressSync } from 'node:zlib';

export type ContentCoding = 'identity' | 'gzip' | 'zstd';

/** Bytes as they go out in a coding, and what a gzip stream's trailer must know of them. */
export type CodedBytes = { readonly bytes: Buffer; readonly rawLength: number; readonly crc: number };

const deflateRawAsync = promisify(deflateRaw);
const zstdAsync = promisify(zstdCompress);

/** A flush at the end leaves whole bytes and refers to nothing before, so parts stand behind one another freely. */
const DEFLATE = { level: 3, finishFlush: constants.Z_SYNC_FLUSH };
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 2 } };

/**
 * Codes a part of a stream on its own. The same part can then be sent to any number of clients: a gzip stream is a
 * header, deflate blocks and a trailer; a zstd stream is any number of frames. (One gzip member for each part would be
 * legal too, but browsers read only the first.)
 */
export async function codePart(coding: ContentCoding, raw: Buffer): Promise<CodedBytes> {
  if (coding === 'identity' || raw.length < smallPartBytes) return codeSmallPart(coding, raw);
  if (coding === 'zstd') return { bytes: await zstdAsync(raw, ZSTD), rawLength: raw.length, crc: 0 };
  return { bytes: await deflateRawAsync(raw, DEFLATE), rawLength: raw.length, crc: crc32(raw) };
}

/** Below this, another thread costs more than it saves. */
const smallPartBytes = 16 * 1024;

/** The same at once, for small parts. */
export function codeSmallPart(coding: ContentCoding, raw: Buffer): CodedBytes {
  if (coding === 'identity') return { bytes: raw, rawLength: raw.length, crc: 0 };
  if (coding === 'zstd') return { bytes: zstdCompressSync(raw, ZSTD), rawLength: raw.length, crc: 0 };
  return { bytes: deflateRawSync(raw, DEFLATE), rawLength: raw.length, crc: crc32(raw) };
}

export const gzipHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/** The last, empty deflate block, checksum and length of a gzip stream (RFC 1952). */
export function gzipTrailer(crc: number, rawLength: number): Buffer {
  const trailer = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  trailer.writeUInt32LE(crc >>> 0, 2);
  trailer.writeUInt32LE(rawLength % 2 ** 32, 6);
  return trailer;
}

/**
 * The CRC-32 of two byte strings behind one another, from their CRCs and the length of the second. Appending n zero
 * bits is a linear map over GF(2), so n bytes take log n squarings (Mark Adler's method).
 */
export function combineCrc(first: number, second: number, secondLength: number): number {
  if (secondLength === 0) return first >>> 0;
  let odd = new Uint32Array(32);
  odd[0] = 0xedb88320;
  for (let bit = 1; bit < 32; bit += 1) odd[bit] = (1 << (bit - 1)) >>> 0;
  let even = square(square(odd));
  let crc = first >>> 0;
  for (let length = secondLength; length > 0; length = Math.floor(length / 2)) {
    odd = square(even);
    if (length % 2 === 1) crc = times(odd, crc);
    even = odd;
  }
  return (crc ^ second) >>> 0;
}

function times(matrix: Uint32Array, vector: number): number {
  let sum = 0;
  let rest = vector;
  for (let bit = 0; rest !== 0; bit += 1) {
    if ((rest & 1) === 1) sum ^= matrix[bit] ?? 0;
    rest >>>= 1;
  }
  return sum >>> 0;
}

function square(matrix: Uint32Array): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(matrix, (vector) => times(matrix, vector));
}

/** The coding that the client takes, zstd before gzip; a weight of 0 refuses. */
export function chooseCoding(accepted: string | undefined): ContentCoding {
  const offers = new Map<string, number>();
  for (const offer of (accepted ?? '').split(',')) {
    const [name = '', ...parameters] = offer.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    offers.set(name, weight === undefined ? 1 : Number(weight.slice(2)));
  }
  if ((offers.get('zstd') ?? 0) > 0) return 'zstd';
  return (offers.get('gzip') ?? 0) > 0 ? 'gzip' : 'identity';
}
