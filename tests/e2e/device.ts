import { type BrowserContext, expect, type Page } from '@playwright/test';
import { typeCode } from '#stack/type-code.ts';

/** A person with a browser of their own. The replica lives as long as the context, whatever becomes of its tabs. */
export type Device = { readonly context: BrowserContext; readonly page: Page };

export async function signIn(context: BrowserContext, url: string, person: string): Promise<Device> {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Sign in' }).click();
  // Somebody's role may hold the letters of another's name.
  await page.getByRole('button', { name: new RegExp(`^${person}\\b`) }).click();
  await expect(page.getByRole('link', { name: /^All sent/ })).toBeVisible({ timeout: 30_000 });
  // A new device shows its plans while the pieces still come down.
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 30_000 });
  return { context, page };
}

/** The app itself is kept on the device, so that it opens without a network. */
export async function untilOpensOffline({ page }: Device): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
}

/** Rows of the device's own database, as the support console shows them. */
export async function queryDevice<Row>({ page }: Device, sql: string): Promise<Row[]> {
  return page.evaluate((text) => {
    const scope = globalThis as unknown as { eventkit: { query(sql: string): Promise<Row[]> } };
    return scope.eventkit.query(text);
  }, sql);
}

/** A keyboard wedge: real key events, sent without waiting for one another, then Enter, wherever the focus is. */
export async function wedge({ context, page }: Device, code: string): Promise<void> {
  const session = await context.newCDPSession(page);
  await typeCode(session, code);
  await session.detach();
}

/** Scans, and waits until the screen shows this code with an outcome. */
export async function scan(device: Device, code: string, outcome: string | RegExp = /./): Promise<void> {
  await wedge(device, code);
  const plate = device.page.locator('[data-outcome]', { hasText: code });
  await expect(plate).toHaveAttribute('data-outcome', outcome);
}

/** The tab dies without a chance to save anything, as when a phone runs out of memory; another one opens. */
export async function killTab({ context, page }: Device, url: string): Promise<Device> {
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // The answer never comes: the renderer that should send it is gone.
  session.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
  const reopened = await context.newPage();
  await reopened.goto(url);
  return { context, page: reopened };
}

/** Until the server has judged all that this device recorded. */
export async function untilAllSent(device: Device, withinMs: number, words = 'All sent'): Promise<void> {
  await expect(device.page.getByRole('status').getByText(words)).toBeVisible({ timeout: withinMs });
}
