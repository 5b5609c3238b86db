import { joinBytes } from '@eventkit/shared/attachments/join-bytes.ts';
import { segment } from '@eventkit/shared/test/test-pictures.ts';
import type { Page } from '@playwright/test';

/** What the phone says of place and owner; nothing of it may leave the device. */
export const PHONE_SECRETS = ['Exif', 'GPS', '48.2082', 'Anna Privat'];

/**
 * A picture as a phone held upright writes it: lying on its side (3,000 by 2,000, its left half red, its right half
 * blue), with a note to turn it by a quarter, and with place and owner beside it.
 */
export async function phonePicture(page: Page): Promise<Buffer> {
  const address = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 3000;
    canvas.height = 2000;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.fillStyle = '#d00000';
    context.fillRect(0, 0, 1500, 2000);
    context.fillStyle = '#0000d0';
    context.fillRect(1500, 0, 1500, 2000);
    return canvas.toDataURL('image/jpeg', 0.9);
  });
  const plain = Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
  return Buffer.from(joinBytes([plain.subarray(0, 2), turnedWithPlace(), plain.subarray(2)]));
}

/** An EXIF segment (TIFF, big-endian): orientation 6, a pointer to the position, and text. */
function turnedWithPlace(): Uint8Array {
  const exif = Buffer.from('Exif\0\0', 'latin1');
  const header = Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8]);
  const entry = (tag: number, type: number, count: number, value: readonly number[]) =>
    Buffer.from([tag >> 8, tag & 0xff, 0, type, 0, 0, 0, count, ...value]);
  const directory = Buffer.concat([
    Buffer.from([0, 2]),
    entry(0x0112, 3, 1, [0, 6, 0, 0]),
    entry(0x8825, 4, 1, [0, 0, 0, 38]),
    Buffer.from([0, 0, 0, 0]),
  ]);
  const position = Buffer.concat([
    Buffer.from([0, 1]),
    entry(0x0001, 2, 2, [0x4e, 0, 0, 0]),
    Buffer.from([0, 0, 0, 0]),
  ]);
  const words = Buffer.from('GPS 48.2082N 16.3738E Anna Privat', 'latin1');
  return segment(0xe1, joinBytes([exif, header, directory, position, words]));
}
