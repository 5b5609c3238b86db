import { type CleanPicture, cleanPicture } from '@eventkit/shared/attachments/clean-picture.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { PAD_HEIGHT, PAD_WIDTH, PEN_WIDTH } from '#ui/signature-pad.tsx';
import { type Stroke, smoothPath } from '#ui/smooth-path.ts';
import type { PhotoProblem } from './re-encode-photo.ts';

/** What a person did to sign: by hand, by their name in letters, or both. */
export type DrawnSignature = {
  /** In units of the pad. */
  readonly strokes: readonly Stroke[];
  readonly name: string;
};

export const blankSignature: DrawnSignature = { strokes: [], name: '' };

/** False for empty paper, which is nobody's signature. */
export function isSigned({ strokes, name }: DrawnSignature): boolean {
  return strokes.length > 0 || name.trim() !== '';
}

const NAME_STRIP_HEIGHT = 70;
const MARGIN = 24;

/**
 * Dark on white as a small PNG, 4 to 20 KB: the hand with the name in letters below it; the name alone, large, where
 * nothing was drawn.
 */
export async function drawSignature(signature: DrawnSignature): Promise<Result<CleanPicture, PhotoProblem>> {
  try {
    const encoded = await draw(signature).convertToBlob({ type: 'image/png' });
    const clean = cleanPicture(new Uint8Array(await encoded.arrayBuffer()));
    return clean.ok && clean.value.mediaType === 'image/png' ? ok(clean.value) : err('unreadable');
  } catch {
    // A browser without canvas or out of memory; either way there is no picture.
    return err('unreadable');
  }
}

function draw({ strokes, name }: DrawnSignature): OffscreenCanvas {
  const letters = name.trim();
  const hasStrip = strokes.length > 0 && letters !== '';
  const canvas = new OffscreenCanvas(PAD_WIDTH, PAD_HEIGHT + (hasStrip ? NAME_STRIP_HEIGHT : 0));
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('no canvas');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = 'black';
  context.lineWidth = PEN_WIDTH;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke(new Path2D(smoothPath(strokes)));
  if (hasStrip) write(context, letters, { style: 'normal', size: 36, y: PAD_HEIGHT + NAME_STRIP_HEIGHT / 2 });
  else if (letters !== '') write(context, letters, { style: 'italic', size: 84, y: PAD_HEIGHT / 2 });
  return canvas;
}

/** In the middle, and smaller where it would not fit. */
function write(
  context: OffscreenCanvasRenderingContext2D,
  letters: string,
  { style, size, y }: { readonly style: 'normal' | 'italic'; readonly size: number; readonly y: number },
): void {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = fontOf(style, size);
  const room = PAD_WIDTH - 2 * MARGIN;
  const fit = Math.min(1, room / context.measureText(letters).width);
  context.font = fontOf(style, size * fit);
  context.fillText(letters, PAD_WIDTH / 2, y, room);
}

function fontOf(style: string, size: number): string {
  return `${style} ${size}px "Plex Sans", system-ui, sans-serif`;
}
