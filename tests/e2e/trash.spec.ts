import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { signIn } from './device.ts';
import { speakGerman } from './dock-acts.ts';
import { desktopView, phoneView, shoot } from './shoot.ts';
import { test } from './test.ts';

/*
 * What is deleted leaves every device, comes back on the spot or from the trash, and is refused while something holds it.
 */

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

test('a piece and an event are deleted, and brought back', async ({ browser }) => {
  test.setTimeout(240_000);
  const [free] = await stack.query<{ id: string; code: string }>(
    `SELECT a.id, a.code FROM assets a JOIN tenants t ON t.id = a.tenant_id
     WHERE t.slug = 'nordlicht' AND a.place_kind = 'location' AND NOT a.is_case
       AND NOT EXISTS (SELECT FROM conflicts c WHERE c.status = 'open' AND a.id IN (c.asset_id, c.other_asset_id))
     ORDER BY a.code LIMIT 1`,
  );
  const [held] = await stack.query<{ id: string }>(
    `SELECT a.place_id AS id FROM assets a JOIN tenants t ON t.id = a.tenant_id
     WHERE t.slug = 'nordlicht' AND a.place_kind = 'event' LIMIT 1`,
  );
  if (free === undefined || held === undefined) throw new Error('the demo has nothing to delete');

  const miriam = await signIn(
    await browser.newContext({ baseURL: stack.url, ...desktopView }),
    stack.url,
    'Miriam',
  );
  const other = await signIn(
    await browser.newContext({ baseURL: stack.url, ...phoneView }),
    stack.url,
    'Miriam',
  );
  await other.page.goto(`/assets/${free.id}`);
  await expect(other.page.getByText(free.code).first()).toBeVisible();

  await test.step('a piece, taken back on the spot', async () => {
    await miriam.page.goto(`/assets/${free.id}`);
    await miriam.page.getByRole('button', { name: 'Delete piece' }).scrollIntoViewIfNeeded();
    await shoot(miriam.page, 'trash-asset');
    await miriam.page.getByRole('button', { name: 'Delete piece' }).click();
    await expect(miriam.page.getByText('Moved to the trash')).toBeVisible();
    await shoot(miriam.page, 'trash-on-the-spot');
    await expect(other.page.getByText(free.code)).toHaveCount(0);
    await shoot(other.page, 'trash-elsewhere');
    await miriam.page.getByRole('button', { name: 'Bring back' }).click();
    await expect(miriam.page.getByText(free.code).first()).toBeVisible();
    await expect(other.page.getByText(free.code).first()).toBeVisible();
  });

  await test.step('again, and back from the trash', async () => {
    await miriam.page.getByRole('button', { name: 'Delete piece' }).click();
    await miriam.page.getByRole('link', { name: 'Trash' }).click();
    await expect(miriam.page.getByText(free.code)).toBeVisible();
    await shoot(miriam.page, 'trash-desktop');
    await other.page.goto('/trash');
    await speakGerman(other);
    await other.page.goto('/trash');
    await expect(other.page.getByRole('button', { name: 'Zurückholen' })).toBeVisible();
    await shoot(other.page, 'trash-phone-de');
    await other.page.getByRole('button', { name: 'Zurückholen' }).click();
    await expect(other.page.getByText(`${free.code} ist wieder da`)).toBeVisible();
    await expect(other.page.getByText('Der Papierkorb ist leer')).toBeVisible();
    await shoot(other.page, 'trash-phone-restored');
    const rows = await stack.query('SELECT FROM assets WHERE id = $1 AND deleted_at IS NULL', [free.id]);
    expect(rows).toHaveLength(1);
  });

  await test.step('an event that has pieces out is held, in plain words; without signal nothing is tried', async () => {
    await miriam.page.goto(`/events/${held.id}/edit`);
    await miriam.page.getByRole('button', { name: 'Delete event' }).click();
    await expect(miriam.page.getByText('It cannot be deleted now')).toBeVisible();
    await expect(miriam.page.getByText(/pieces? (is|are) out on/)).toBeVisible();
    await shoot(miriam.page, 'trash-held');
    await miriam.page.context().setOffline(true);
    await expect(miriam.page.getByText('Deleting needs the server')).toBeVisible();
    await expect(miriam.page.getByRole('button', { name: 'Delete event' })).toBeDisabled();
  });
});
