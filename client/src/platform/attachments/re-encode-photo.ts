import { type CleanPicture, cleanPicture } from '@eventkit/shared/attachments/clean-picture.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';

/** unreadable: no picture that this browser shows. */
export type PhotoProblem = 'unreadable';

/** Enough to see a scratch, and 200 to 500 KB. */
const LONGEST_SIDE = 1600;
const QUALITY = 0.82;

/**
 * The picture drawn anew as a JPEG of at most 1,600 pixels a side, turned as the camera meant it. Drawing drops what
 * the camera wrote beside it (position, time, owner, thumbnail); what the browser itself writes is cleaned off.
 */
export async function reEncodePhoto(picture: Blob): Promise<Result<CleanPicture, PhotoProblem>> {
  try {
    const drawn = await draw(await createImageBitmap(picture, { imageOrientation: 'from-image' }));
    const encoded = await drawn.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
    const clean = cleanPicture(new Uint8Array(await encoded.arrayBuffer()));
    return clean.ok && clean.value.mediaType === 'image/jpeg' ? ok(clean.value) : err('unreadable');
  } catch {
    // Browsers throw different things for what they cannot decode; all mean the same to a person.
    return err('unreadable');
  }
}

async function draw(bitmap: ImageBitmap): Promise<OffscreenCanvas> {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('no canvas');
  context.imageSmoothingQuality = 'high';
  // What is transparent would be black.
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return canvas;
}
