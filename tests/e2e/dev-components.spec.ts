import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildClient } from '@eventkit/cli/stack/build-client.ts';
import { expect } from '@playwright/test';
import { freePort } from '#stack/free-port.ts';
import { shoot } from './shoot.ts';
import { test } from './test.ts';

/* The gallery of the kit: there while developing, and no byte of it in what ships. */

const root = join(import.meta.dirname, '../..');
const WORDS = 'Components of the kit';

test('the development server shows every component in three themes', async ({ page }) => {
  const port = await freePort();
  const vite = spawn(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), '--port', String(port), '--strictPort'],
    { cwd: root, stdio: 'ignore' },
  );
  try {
    await page.setViewportSize({ width: 1920, height: 1080 });
    await expect(async () => {
      await page.goto(`http://localhost:${port}/dev/components`);
      await expect(page.getByRole('heading', { name: WORDS })).toHaveCount(3, { timeout: 20_000 });
    }).toPass();
    for (const theme of ['dark', 'light', 'contrast']) {
      const column = page.getByRole('region', { name: theme, exact: true });
      await expect(column.getByRole('heading', { name: `${WORDS}: ${theme}` })).toBeVisible();
      await expect(column.getByRole('article')).toHaveCount(30);
    }
    await shoot(page, 'dev-components');
    await page.getByRole('article', { name: 'notice' }).first().scrollIntoViewIfNeeded();
    await shoot(page, 'dev-components-below');
  } finally {
    vite.kill();
  }
});

test('nothing of it is in the production build', async () => {
  await buildClient(root);
  const dist = join(root, 'client/dist');
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(js|html|json)$/.test(name),
  );
  expect(files.length).toBeGreaterThan(50);
  const told = files.filter((name) =>
    /specimen|show-components|Components of the kit|\/dev\/components/.test(
      readFileSync(join(dist, name), 'utf8'),
    ),
  );
  expect(told).toEqual([]);
  // The words are there where they are looked for.
  expect(readFileSync(join(root, 'client/src/dev/show-components.tsx'), 'utf8')).toContain(WORDS);
});
