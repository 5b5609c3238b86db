import { expect, type Locator } from '@playwright/test';

/** A part of a picture, in its own pixels. */
export type Area = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** The size of a picture as it was loaded, and of each area the least red, green, blue and opacity in it, 0 to 255. */
export async function leastIn(
  picture: Locator,
  areas: readonly Area[],
): Promise<{ size: [number, number]; least: number[][] }> {
  await expect(picture).toBeVisible();
  return picture.evaluate(async (element, wanted) => {
    if (!(element instanceof HTMLImageElement)) throw new Error('no image');
    await element.decode();
    const canvas = document.createElement('canvas');
    canvas.width = element.naturalWidth;
    canvas.height = element.naturalHeight;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.drawImage(element, 0, 0);
    const least = wanted.map(({ x, y, width, height }) => {
      const channels = [255, 255, 255, 255];
      for (const [index, value] of context.getImageData(x, y, width, height).data.entries()) {
        channels[index % 4] = Math.min(channels[index % 4] ?? 255, value);
      }
      return channels;
    });
    return { size: [canvas.width, canvas.height] as [number, number], least };
  }, areas);
}
