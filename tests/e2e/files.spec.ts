import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { queryDevice, signIn } from './device.ts';
import { test } from './test.ts';

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

const plan = (words: string, name = 'Rigging plan.pdf') => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(`%PDF-1.7 ${words}`),
});

/** Picks a file behind a button, as a person would. */
async function pick(page: Page, button: string, file: ReturnType<typeof plan>): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).first().click();
  await (await chooser).setFiles(file);
}

async function downloaded(page: Page, button: string): Promise<{ name: string; text: string }> {
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const download = await started;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

test('a plan is kept with a thing in two versions, set aside and brought back; others read it', async ({
  browser,
}, info) => {
  const context = await browser.newContext({ baseURL: stack.url, viewport: { width: 1440, height: 900 } });
  const miriam = await signIn(context, stack.url, 'Miriam');
  const { page } = miriam;
  // Plans come first: a new device has no things for a moment.
  const firstId = async () =>
    (await queryDevice<{ id: string }>(miriam, 'SELECT id FROM assets ORDER BY code LIMIT 1'))[0]?.id;
  await expect.poll(firstId, { timeout: 30_000 }).toBeDefined();
  await page.goto(`/assets/${await firstId()}`);
  await page.getByRole('button', { name: 'Show files' }).click();
  await expect(page.getByText('No files yet')).toBeVisible();
  await pick(page, 'Add a file', plan('first'));
  await expect(page.getByText('Rigging plan.pdf is on the server')).toBeVisible();
  await pick(page, 'New version', plan('second', 'Rigging plan, final.pdf'));
  await expect(page.getByText('Version 2')).toBeVisible();
  await page.screenshot({ path: info.outputPath('two-versions.png') });

  expect(await downloaded(page, 'Download: Rigging plan, final.pdf')).toEqual({
    name: 'Rigging plan, final.pdf',
    text: '%PDF-1.7 second',
  });
  await page.getByText('1 older version').click();
  expect(await downloaded(page, 'Download version 1')).toEqual({
    name: 'Rigging plan.pdf',
    text: '%PDF-1.7 first',
  });

  await pick(page, 'Add a file', plan('<script>', 'logo.svg'));
  await expect(page.getByText('Files of this kind are not taken.')).toBeVisible();
  await page.screenshot({ path: info.outputPath('refused.png') });

  await page.getByRole('button', { name: 'Set aside: Rigging plan, final.pdf' }).click();
  await expect(page.getByText('Rigging plan, final.pdf is set aside')).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: info.outputPath('set-aside-phone.png') });
  await page.getByRole('button', { name: 'Bring back' }).click();
  await expect(page.getByRole('button', { name: 'Download: Rigging plan, final.pdf' })).toBeVisible();

  await page.evaluate(() => localStorage.setItem('eventkit.language', 'de'));
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.reload();
  await page.getByRole('button', { name: 'Dateien zeigen' }).click();
  await expect(page.getByText('Rigging plan, final.pdf')).toBeVisible();
  await page.getByText('Rigging plan, final.pdf').scrollIntoViewIfNeeded();
  await page.screenshot({ path: info.outputPath('german-dark-phone.png') });

  await context.setOffline(true);
  await expect(page.getByText(/Dateien|Offline|offline/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Datei hinzufügen' })).toBeDisabled();
  await page.screenshot({ path: info.outputPath('offline.png') });
  await context.close();
});

test('the files of an event are read by who may read the plan, and changed by planners', async ({
  browser,
}, info) => {
  const context = await browser.newContext({ baseURL: stack.url, viewport: { width: 1440, height: 900 } });
  const miriam = await signIn(context, stack.url, 'Miriam');
  const [event] = await queryDevice<{ id: string }>(
    miriam,
    'SELECT id FROM events ORDER BY starts_at LIMIT 1',
  );
  await miriam.page.goto(`/events/${event?.id}`);
  await miriam.page.getByRole('button', { name: 'Show files' }).click();
  await pick(miriam.page, 'Add a file', plan('stage', 'Stage.pdf'));
  await expect(miriam.page.getByText('Stage.pdf is on the server')).toBeVisible();
  await miriam.page.getByText('Stage.pdf is on the server').scrollIntoViewIfNeeded();
  await miriam.page.screenshot({ path: info.outputPath('event.png') });
  await context.close();

  const others = await browser.newContext({ baseURL: stack.url });
  const jana = await signIn(others, stack.url, 'Jana');
  await jana.page.goto(`/events/${event?.id}`);
  await jana.page.getByRole('button', { name: 'Show files' }).click();
  expect((await downloaded(jana.page, 'Download: Stage.pdf')).text).toBe('%PDF-1.7 stage');
  await expect(jana.page.getByRole('button', { name: 'Add a file' })).toHaveCount(0);
  await others.close();
});
