import { crc32 } from '#attachments/crc-32.ts';
import { joinBytes } from '#attachments/join-bytes.ts';

const text = (words: string) => Uint8Array.from(words, (letter) => letter.charCodeAt(0));
const two = (value: number) => [value >> 8, value & 0xff];

/** A segment of a JPEG: marker, length, content. */
export function segment(code: number, content: Uint8Array): Uint8Array {
  return joinBytes([Uint8Array.of(0xff, code, ...two(content.length + 2)), content]);
}

/** EXIF with the orientation and, as text, what a phone would say of place and owner. */
export function exifSegment(orientation: number, words: string): Uint8Array {
  const tiff = Uint8Array.of(
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    1,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
  );
  return segment(0xe1, joinBytes([text('Exif\0\0'), tiff, Uint8Array.of(0, 0, 0, 0), text(words)]));
}

export type TestJpeg = {
  readonly width?: number;
  readonly height?: number;
  /** Segments between the start and the tables. */
  readonly before?: readonly Uint8Array[];
  readonly after?: Uint8Array;
};

/** Grey, 8 by 8 unless told otherwise: the fewest segments that decoders take. */
export function testJpeg({ width = 8, height = 8, before = [], after = new Uint8Array() }: TestJpeg = {}) {
  return joinBytes([
    Uint8Array.of(0xff, 0xd8),
    ...before,
    segment(0xdb, Uint8Array.of(0, ...Array.from({ length: 64 }, () => 16))),
    segment(0xc0, Uint8Array.of(8, ...two(height), ...two(width), 1, 1, 0x11, 0)),
    segment(0xc4, Uint8Array.of(0x00, 1, ...Array.from({ length: 15 }, () => 0), 0)),
    segment(0xc4, Uint8Array.of(0x10, 1, ...Array.from({ length: 15 }, () => 0), 0)),
    segment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0)),
    // An escaped FF and a restart, which are pixels, and the end.
    Uint8Array.of(0x3f, 0xff, 0x00, 0xff, 0xd0, 0x3f, 0xff, 0xd9),
    after,
  ]);
}

/** A chunk of a PNG: length, type, content, check sum. */
export function chunk(type: string, content: Uint8Array): Uint8Array {
  const checked = joinBytes([text(type), content]);
  return joinBytes([four(content.length), checked, four(crc32(checked))]);
}

/** One black pixel, whatever size the header claims. */
export function testPng({
  width = 1,
  height = 1,
  between = [],
  after = new Uint8Array(),
}: {
  readonly width?: number;
  readonly height?: number;
  readonly between?: readonly Uint8Array[];
  readonly after?: Uint8Array;
} = {}) {
  return joinBytes([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', Uint8Array.of(...four(width), ...four(height), 8, 0, 0, 0, 0)),
    ...between,
    chunk('IDAT', Uint8Array.of(0x78, 0x01, 0x01, 2, 0, 0xfd, 0xff, 0, 0, 0, 2, 0, 1)),
    chunk('IEND', new Uint8Array()),
    after,
  ]);
}

function four(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff);
}
