import { join } from 'node:path';
import { type Page, test } from '@playwright/test';

const folder = process.env['EVENTKIT_SCREENS'];

/** What pictures are taken of. */
export const phoneView = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
export const desktopView = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 };

/** A picture of the page: for the documentation where `EVENTKIT_SCREENS` names a folder, else beside the test's results. */
export async function shoot(page: Page, name: string): Promise<void> {
  const path = folder === undefined ? test.info().outputPath(`${name}.png`) : join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
}
