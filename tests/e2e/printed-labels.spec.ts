import { decodeFrame } from '@eventkit/client/platform/scanner/decode-frame.ts';
import { loadTestReader } from '@eventkit/client/platform/scanner/testing/load-test-reader.ts';
import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, signIn, untilAllSent, untilOpensOffline, wedge } from './device.ts';
import { findStock, phone, SETTLED_WITHIN_MS, scanInto, speakGerman } from './dock-acts.ts';
import { test } from './test.ts';

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

test('a blank label is printed, reads back from the paper, and is claimed in German', async ({ browser }) => {
  const { wanted } = await findStock(stack);
  const jana = await signIn(await browser.newContext(phone(stack)), stack.url, 'Jana');
  await untilOpensOffline(jana);
  await speakGerman(jana);
  await jana.page.goto('/labels');
  const [first] = await test.step('a sheet of A4 has twenty-four codes, each another', async () => {
    await jana.page.getByText('A4, 3 × 8').click();
    await jana.page.emulateMedia({ media: 'print' });
    const codes = await readPrinted(jana);
    expect(new Set(codes).size).toBe(24);
    const pdf = await jana.page.pdf({ preferCSSPageSize: true });
    expect(pagesOf(pdf)).toEqual(['595x842']);
    return codes;
  });
  if (first === undefined) throw new Error('nothing was printed');
  await test.step('each label of a roll is a page of its own', async () => {
    await jana.page.emulateMedia({ media: 'screen' });
    await jana.page.getByLabel('Wie viele').fill('2');
    await jana.page.getByText('Rolle, 62 × 29 mm').click();
    await jana.page.emulateMedia({ media: 'print' });
    const pdf = await jana.page.pdf({ preferCSSPageSize: true });
    expect(pagesOf(pdf)).toEqual(['176x82', '176x82']);
    await jana.page.emulateMedia({ media: 'screen' });
  });

  await jana.context.setOffline(true);
  await test.step('scanned where nothing scans, it asks what it is on, and leads there', async () => {
    await jana.page.goto('/');
    await expect(jana.page.getByRole('navigation').first()).toBeVisible();
    await wedge(jana, first);
    await jana.page.getByRole('button', { name: 'Was ist das?' }).click();
    await scanInto(jana, wanted.code, 'Code, Produkt oder Platz');
    await expect(jana.page.getByRole('heading', { name: wanted.code })).toBeVisible();
    await expect(jana.page.getByRole('listitem').filter({ hasText: first }).first()).toBeVisible();
  });
  await test.step('and is taken off again, with a way back', async () => {
    await jana.page.getByRole('button', { name: `${first} abnehmen` }).click();
    await expect(jana.page.getByText(`${first} ist abgenommen`)).toBeVisible();
    await jana.page.getByRole('button', { name: 'Zurücknehmen' }).click();
    await expect(jana.page.getByRole('button', { name: `${first} abnehmen` })).toBeVisible();
    await jana.context.setOffline(false);
    await untilAllSent(jana, SETTLED_WITHIN_MS, 'Alles gesendet');
    const rows = await stack.query('SELECT asset_id FROM labels WHERE value = $1', [first]);
    expect(rows).toEqual([{ asset_id: wanted.id }]);
  });
});

/** What the reader of the camera makes of each label as the printer gets it. */
async function readPrinted({ page }: Device): Promise<string[]> {
  await loadTestReader();
  const codes: string[] = [];
  for (const label of await page.locator('.label-pages .printed-label').all()) {
    const shot = (await label.screenshot({ scale: 'css' })).toString('base64');
    const { width, height, bytes } = await page.evaluate(async (png) => {
      const bytesOfPng = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([bytesOfPng]));
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      const context = canvas.getContext('2d');
      context?.drawImage(picture, 0, 0);
      const data = context?.getImageData(0, 0, picture.width, picture.height).data ?? [];
      return { width: picture.width, height: picture.height, bytes: [...data] };
    }, shot);
    codes.push(...(await decodeFrame({ width, height, data: new Uint8ClampedArray(bytes) })));
  }
  return codes;
}

/** Width and height of each page in points. */
function pagesOf(pdf: Buffer): string[] {
  const boxes = pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g);
  return [...boxes].map(([, width, height]) => `${Math.round(Number(width))}x${Math.round(Number(height))}`);
}
