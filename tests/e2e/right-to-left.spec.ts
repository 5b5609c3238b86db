import { expect, type Page } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, signIn } from './device.ts';
import { desktopView, phoneView, shoot } from './shoot.ts';
import { test } from './test.ts';

/*
 * No language of the app reads from right to left yet. So that one can: with the page turned around, each screen is the
 * mirror of itself and nothing of it stands outside.
 */

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

const paths = ['/', '/events', '/conflicts', '/find', '/more', '/profile', '/settings', '/people', '/trucks'];

async function open({ page }: Device, path: string): Promise<void> {
  await page.goto(path);
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
}

/** What sticks out of the window at its sides, by its class names and words. */
function outside(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('#root *')]
      .filter((element) => element.checkVisibility() && !element.closest('.sr-only, .overflow-x-auto'))
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 1 && (left < -1 || right > innerWidth + 1);
      })
      .map((element) => `${element.className} ${element.innerText ?? ''}`.slice(0, 120)),
  );
}

const middleOf = async (page: Page, selector: string) => {
  const box = await page.locator(selector).first().boundingBox();
  return box === null ? null : box.x + box.width / 2;
};

for (const [name, view] of [
  ['phone', phoneView],
  ['desktop', desktopView],
] as const) {
  test(`turned around on a ${name}`, async ({ browser }) => {
    const device = await signIn(
      await browser.newContext({ baseURL: stack.url, ...view }),
      stack.url,
      'Miriam',
    );
    for (const path of paths) {
      await test.step(path, async () => {
        await open(device, path);
        await expect.poll(() => outside(device.page)).toEqual([]);
        await shoot(device.page, `rtl-${name}${path.replaceAll('/', '-')}`);
        const mirrored = name === 'desktop' ? 'nav' : 'main :is(h1, h2)';
        expect(await middleOf(device.page, mirrored)).toBeGreaterThan(view.viewport.width / 2 - 60);
      });
    }
  });
}
