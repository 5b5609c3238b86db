import { err, ok, type Result } from '#kernel/result.ts';
import type { CleanPicture } from './clean-picture.ts';
import { DHT, DQT, DRI, fitsItsMarker, SOS } from './fits-its-marker.ts';
import { joinBytes } from './join-bytes.ts';

const EOI = 0xd9;
const TABLES = [DQT, DHT, DRI];
/** Baseline, extended and progressive frames with Huffman coding: what every browser shows. */
const FRAMES = [0xc0, 0xc1, 0xc2];

/**
 * [AT3] A JPEG (ITU-T T.81, Annex B) from its tables, its one frame and its scans; application segments and comments,
 * where EXIF, positions, thumbnails, profiles and hidden files live, are left out. Begins with SOI.
 */
export function cleanJpeg(bytes: Uint8Array): Result<CleanPicture, 'damaged'> {
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  let size: Size | null = null;
  let scanCount = 0;
  for (let at = 2; ; ) {
    const marker = markerAt(bytes, at);
    if (marker === null) return err('damaged');
    if (marker.code === EOI) {
      if (size === null || scanCount === 0) return err('damaged');
      parts.push(EOI_BYTES);
      return ok({ mediaType: 'image/jpeg', bytes: joinBytes(parts), ...size });
    }
    const end = marker.at + 2 + lengthAt(bytes, marker.at + 2);
    if (!(end <= bytes.length)) return err('damaged');
    const segment = bytes.subarray(marker.at, end);
    at = end;
    if (isLeftOut(marker.code)) continue;
    const isFrame = FRAMES.includes(marker.code);
    const isScan = marker.code === SOS;
    const isKnown = isFrame || isScan || TABLES.includes(marker.code);
    // One frame, and before any scan.
    if (!isKnown || !fitsItsMarker(segment) || (isFrame && size !== null) || (isScan && size === null)) {
      return err('damaged');
    }
    parts.push(segment);
    if (isFrame) size = sizeOf(segment);
    if (isScan) {
      at = endOfScan(bytes, end);
      scanCount += 1;
      parts.push(bytes.subarray(end, at));
    }
  }
}

type Size = { readonly width: number; readonly height: number };

const EOI_BYTES = Uint8Array.of(0xff, EOI);

/** APP0 to APP15 and comments. JFIF's density says nothing to a screen. */
function isLeftOut(code: number): boolean {
  return (code >= 0xe0 && code <= 0xef) || code === 0xfe;
}

/** Any number of FF may stand before a marker. */
function markerAt(bytes: Uint8Array, from: number): { readonly code: number; readonly at: number } | null {
  if (bytes[from] !== 0xff) return null;
  let at = from;
  while (bytes[at + 1] === 0xff) at += 1;
  const code = bytes[at + 1];
  return code === undefined || code === 0 ? null : { code, at };
}

/** NaN past the end; what follows then is past the end too. */
function lengthAt(bytes: Uint8Array, at: number): number {
  const length = (bytes[at] ?? Number.NaN) * 256 + (bytes[at + 1] ?? Number.NaN);
  return length < 2 ? Number.NaN : length;
}

/** FF D8, length, precision, height, width, components. */
function sizeOf(segment: Uint8Array): Size {
  const two = (at: number) => (segment[at] ?? 0) * 256 + (segment[at + 1] ?? 0);
  return { height: two(5), width: two(7) };
}

/** Where the next marker stands that is neither a restart nor an escaped FF. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    const isData = next === 0 || next === 0xff || (next >= 0xd0 && next <= 0xd7);
    if (!isData) return at;
  }
  return bytes.length;
}
