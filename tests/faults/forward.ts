import type { Socket } from 'node:net';
import type { Passage } from './passage.ts';
import type { Direction } from './weather.ts';

/** What the line holds of one direction before it takes no more: about what two socket buffers hold. */
const MOST_HELD_BYTES = 256 * 1024;
/** Drips come in pieces, not in one lump at the end. */
const LARGEST_DRIP_BYTES = 1024;

/**
 * Carries what one side says to the other, through the weather, in order; so it does with the end of it. Answers how to
 * stop: what is on the way then is gone. `onCarried` hears how many bytes came through.
 */
export function forward(
  { from, to, direction }: { readonly from: Socket; readonly to: Socket; readonly direction: Direction },
  passage: Passage,
  onCarried: (byteCount: number) => void,
): () => void {
  const held: Buffer[] = [];
  let heldBytes = 0;
  let isRunning = false;
  let isStopped = false;
  let end: 'none' | 'finished' | 'broken' = 'none';

  const carry = async () => {
    for (let piece = held.shift(); piece !== undefined && !isStopped; piece = held.shift()) {
      await passage.transit(direction, piece.length);
      if (isStopped || to.destroyed) return;
      heldBytes -= piece.length;
      if (heldBytes < MOST_HELD_BYTES) from.resume();
      to.write(piece);
      onCarried(piece.length);
    }
    if (end === 'none' || isStopped) return;
    await passage.untilOpen(direction);
    if (isStopped || to.destroyed) return;
    if (end === 'finished') to.end();
    else to.resetAndDestroy();
  };
  const start = () => {
    if (isRunning) return;
    isRunning = true;
    void carry().finally(() => {
      isRunning = false;
      if (held.length > 0 && !isStopped) start();
    });
  };
  from.on('data', (chunk: Buffer) => {
    if (isStopped) return;
    const isDripping = passage.current().bytesPerSecond !== null;
    held.push(...(isDripping ? piecesOf(chunk) : [chunk]));
    heldBytes += chunk.length;
    if (heldBytes >= MOST_HELD_BYTES) from.pause();
    start();
  });
  from.on('end', () => {
    if (end === 'none') end = 'finished';
    start();
  });
  from.on('error', () => {
    end = 'broken';
    start();
  });
  return () => {
    isStopped = true;
  };
}

function piecesOf(chunk: Buffer): Buffer[] {
  const count = Math.ceil(chunk.length / LARGEST_DRIP_BYTES);
  return Array.from({ length: count }, (_, index) =>
    chunk.subarray(index * LARGEST_DRIP_BYTES, (index + 1) * LARGEST_DRIP_BYTES),
  );
}
