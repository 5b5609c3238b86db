import { err, ok, type Result } from '#kernel/result.ts';
import type { CleanPicture } from './clean-picture.ts';
import { crc32 } from './crc-32.ts';
import { joinBytes } from './join-bytes.ts';

const SIGNATURE_LENGTH = 8;
const KEPT = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

/** [AT4] A PNG (ISO/IEC 15948) from the chunks that it cannot do without, each with its right check sum. */
export function cleanPng(bytes: Uint8Array): Result<CleanPicture, 'damaged'> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [bytes.subarray(0, SIGNATURE_LENGTH)];
  let size: { readonly width: number; readonly height: number } | null = null;
  let hasPixels = false;
  for (let at = SIGNATURE_LENGTH; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) return err('damaged');
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) return err('damaged');
    if ((type === 'IHDR') !== (size === null)) return err('damaged');
    if (type === 'IHDR') {
      if (length !== 13) return err('damaged');
      size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    }
    hasPixels ||= type === 'IDAT';
    if (KEPT.includes(type)) parts.push(bytes.subarray(at, end));
    // A chunk with a capital letter in front must be understood to show the picture.
    else if (/^[A-Z]/.test(type)) return err('damaged');
    if (type === 'IEND') {
      if (size === null || !hasPixels || length !== 0) return err('damaged');
      return ok({ mediaType: 'image/png', bytes: joinBytes(parts), ...size });
    }
    at = end;
  }
  return err('damaged');
}
