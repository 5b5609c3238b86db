import { err, ok, type Result } from '#kernel/result.ts';
import type { AttachmentMediaType } from './attachment.ts';
import { cleanJpeg } from './clean-jpeg.ts';
import { cleanPng } from './clean-png.ts';

/** A picture that says nothing but what it shows. */
export type CleanPicture = {
  readonly mediaType: AttachmentMediaType;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** In pixels, as stored. */
  readonly width: number;
  readonly height: number;
};

/** not_a_picture: neither JPEG nor PNG by its first bytes. damaged: it begins as one and does not go on as one. */
export type PictureProblem = 'not_a_picture' | 'damaged' | 'too_many_pixels';

/** A little more than the largest camera of a phone at its widest; a decoder needs 4 bytes for each. */
const MOST_PIXELS = 40_000_000;

/**
 * [AT3] [AT4] [AT5] [AT6] The picture without anything that is not needed to show it. Says what it is from its bytes
 * alone, never from a name or a header. Never throws for any bytes, and decodes no pixel.
 */
export function cleanPicture(bytes: Uint8Array): Result<CleanPicture, PictureProblem> {
  const cleaned = startsWith(bytes, JPEG_START)
    ? cleanJpeg(bytes)
    : startsWith(bytes, PNG_START)
      ? cleanPng(bytes)
      : err('not_a_picture' as const);
  if (!cleaned.ok) return cleaned;
  const { width, height } = cleaned.value;
  if (width === 0 || height === 0) return err('damaged');
  return width * height > MOST_PIXELS ? err('too_many_pixels') : ok(cleaned.value);
}

const JPEG_START = [0xff, 0xd8, 0xff];
const PNG_START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}
