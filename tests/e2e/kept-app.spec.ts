import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { signIn, untilOpensOffline } from './device.ts';
import { test } from './test.ts';

const dist = join(import.meta.dirname, '../../client/dist');
/** Never loaded: see `globIgnores` in vite.config.ts. */
const neverLoaded = /wa-sqlite-(async|jspi)|mc-wa-sqlite|websockets-/;

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

test('every piece of the app that is loaded later is here without network', async ({ browser }) => {
  const manifest: Record<string, { readonly file: string }> = JSON.parse(
    await readFile(join(dist, '.vite/manifest.json'), 'utf8'),
  );
  const files = Object.values(manifest).flatMap(({ file }) =>
    file.endsWith('.js') && !neverLoaded.test(file) ? [`/${file}`] : [],
  );
  // Those of the screens, of calls to the server, and of what no scan decides.
  expect(files.length).toBeGreaterThan(40);
  for (const piece of [/open-browser-rpc/, /decide-all-kinds/, /re-encode-photo/, /stocktake-pages/]) {
    expect(files.filter((file) => piece.test(file))).toHaveLength(1);
  }

  const context = await browser.newContext({ baseURL: stack.url });
  const device = await signIn(context, stack.url, 'Jana');
  await untilOpensOffline(device);
  await context.setOffline(true);
  const missing = await device.page.evaluate(async (urls) => {
    const found = await Promise.all(
      urls.map((url) =>
        fetch(url).then(
          ({ ok }) => ok,
          () => false,
        ),
      ),
    );
    return urls.filter((_, index) => !found[index]);
  }, files);
  expect(missing).toEqual([]);
  await context.close();
});
