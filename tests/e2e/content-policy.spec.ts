import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { scan, signIn, untilAllSent, untilOpensOffline } from './device.ts';
import { test } from './test.ts';

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 200 });
});
test.afterAll(() => stack.dispose());

/** Where the page notes what its policy refused. */
type Noting = { refused?: string[] };

test('the app keeps to its own content policy: signing in, scanning, syncing and opening without network', async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: stack.url });
  await context.addInitScript(() => {
    const noting = globalThis as Noting;
    noting.refused = [];
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      noting.refused?.push(`${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  const jana = await signIn(context, stack.url, 'Jana');
  const refused = () => jana.page.evaluate(() => (globalThis as Noting).refused);
  const [{ code } = { code: '' }] = await stack.query<{ code: string }>(
    `SELECT code FROM assets WHERE NOT is_case AND place_kind = 'location' ORDER BY code LIMIT 1`,
  );
  await jana.page.goto('/check-in');
  await expect(jana.page.getByRole('heading', { level: 1 })).toBeVisible();
  await scan(jana, code);
  await untilAllSent(jana, 30_000);
  expect(await refused()).toEqual([]);

  await untilOpensOffline(jana);
  await context.setOffline(true);
  await jana.page.reload();
  await expect(jana.page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await refused()).toEqual([]);

  // It is there, and it holds: markup and foreign scripts do not get in, by whatever hole.
  const words = await jana.page.evaluate(() => {
    const tryTo = (act: () => unknown) => {
      try {
        act();
        return 'went through';
      } catch (error) {
        return error instanceof TypeError ? 'refused' : String(error);
      }
    };
    return [
      tryTo(() => {
        document.createElement('div').innerHTML = '<img src=x>';
      }),
      tryTo(() => {
        document.createElement('script').src = 'https://evil.example.com/a.js';
      }),
      tryTo(() => new Worker('data:text/javascript,1')),
    ];
  });
  expect(words).toEqual(['refused', 'refused', 'refused']);
});
