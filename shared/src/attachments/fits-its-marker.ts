/** Quantisation tables, Huffman tables, restart interval. */
export const DQT = 0xdb;
export const DHT = 0xc4;
export const DRI = 0xdd;
export const SOS = 0xda;

const LARGEST_HUFFMAN_TABLE = 256;

/**
 * Whether a kept segment of a JPEG is as long as what it says it holds (ITU-T T.81, B.2): text that was renamed to be
 * a table is found out. The segment begins with its marker.
 */
export function fitsItsMarker(segment: Uint8Array): boolean {
  const code = segment[1] ?? 0;
  const content = segment.subarray(4);
  switch (code) {
    case DQT:
      return isMadeOf(content, (at) => ((content[at] ?? 0) >> 4 === 0 ? 65 : 129));
    case DHT:
      return isMadeOf(content, (at) => {
        const count = content.subarray(at + 1, at + 17).reduce((sum, length) => sum + length, 0);
        return count > LARGEST_HUFFMAN_TABLE ? Number.NaN : 17 + count;
      });
    case DRI:
      return content.length === 2;
    case SOS:
      return content.length === 4 + 2 * (content[0] ?? 0);
    default:
      return content.length === 6 + 3 * (content[5] ?? 0);
  }
}

/** Whether tables, each as long as `lengthAt` says, fill the content to its end. */
function isMadeOf(content: Uint8Array, lengthAt: (at: number) => number): boolean {
  let at = 0;
  while (at < content.length) at += lengthAt(at);
  return at === content.length;
}
