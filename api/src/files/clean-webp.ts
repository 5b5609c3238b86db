import { joinBytes } from '@eventkit/shared/attachments/join-bytes.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';

/** What is needed to show it; EXIF, XMP and whatever else somebody put there is left out. */
const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
/** Bits of VP8X that promise EXIF and XMP. */
const PROMISES = 0x0c;

/** A WebP without anything that is not needed to show it, and its size; it must be one chunk after the other. */
export function cleanWebp(
  bytes: Uint8Array,
): Result<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly pixels: number }, 'damaged'> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 20) return err('damaged');
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length) return err('damaged');
  const chunks: Uint8Array[] = [];
  let pixels = 0;
  for (let at = 12; at < end; ) {
    if (at + 8 > end) return err('damaged');
    const kind = String.fromCharCode(...bytes.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    const next = at + 8 + length + (length % 2);
    if (next > end) return err('damaged');
    if (KEPT.has(kind)) {
      const chunk = bytes.slice(at, next);
      pixels = Math.max(pixels, pixelsOf(kind, chunk.subarray(8)));
      if (kind === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~PROMISES;
      chunks.push(chunk);
    }
    at = next;
  }
  if (pixels === 0) return err('damaged');
  const body = joinBytes(chunks);
  const head = new Uint8Array(12);
  head.set(bytes.subarray(0, 12));
  new DataView(head.buffer).setUint32(4, body.length + 4, true);
  return ok({ bytes: joinBytes([head, body]), pixels });
}

/** As the chunk's header says; 0 for a chunk that says nothing of it. */
function pixelsOf(kind: string, content: Uint8Array): number {
  const at = (index: number) => content[index] ?? 0;
  const three = (index: number) => at(index) | (at(index + 1) << 8) | (at(index + 2) << 16);
  switch (kind) {
    case 'VP8X':
      return content.length < 10 ? 0 : (three(4) + 1) * (three(7) + 1);
    case 'VP8L': {
      const bits = (at(1) | (at(2) << 8) | (at(3) << 16) | (at(4) << 24)) >>> 0;
      return content.length < 5 || at(0) !== 0x2f
        ? 0
        : ((bits & 0x3fff) + 1) * (((bits >>> 14) & 0x3fff) + 1);
    }
    case 'VP8 ':
      return content.length < 10 ? 0 : (three(6) & 0x3fff) * (three(8) & 0x3fff);
    default:
      return 0;
  }
}
