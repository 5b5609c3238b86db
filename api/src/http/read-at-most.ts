import { joinBytes } from '@eventkit/shared/attachments/join-bytes.ts';

/** The whole body, or null as soon as it is longer than `most` bytes: what a stranger sends is never all kept. */
export async function readAtMost(
  body: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  if (body === null) return new Uint8Array();
  for await (const part of body) {
    length += part.length;
    if (length > most) return null;
    parts.push(part);
  }
  return joinBytes(parts);
}
