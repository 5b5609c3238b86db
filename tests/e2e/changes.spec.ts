import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { signIn } from './device.ts';
import { test } from './test.ts';

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

test('an admin sees who changed what, and narrows it to one kind', async ({ browser }, info) => {
  await stack.query(`UPDATE vehicles SET name = name || ' (new)' WHERE tenant_id =
    (SELECT id FROM tenants WHERE slug = 'nordlicht')`);
  const context = await browser.newContext({ baseURL: stack.url, viewport: { width: 1440, height: 900 } });
  const { page } = await signIn(context, stack.url, 'Miriam');
  await page.goto('/more');
  await page.getByRole('link', { name: 'Who changed what' }).click();
  await expect(page.getByText('EventKit itself').first()).toBeVisible();
  await page.screenshot({ path: info.outputPath('all.png') });
  await page.getByLabel('Changes of').selectOption({ label: 'Vehicle' });
  const changed = page.getByRole('listitem').filter({ hasText: '(new)' }).first();
  await expect(changed.getByText('changed', { exact: true })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Piece' })).toHaveCount(0);
  await page.screenshot({ path: info.outputPath('vehicles.png') });
  await page.evaluate(() => localStorage.setItem('eventkit.language', 'de'));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Wer was geändert hat' })).toBeVisible();
  await page.screenshot({ path: info.outputPath('phone.png') });
});

test('what a field said before is taken again, and nothing where nobody edits', async ({ browser }, info) => {
  const named = async () => {
    const [event] = await stack.query<{ id: string; name: string }>(
      `SELECT id, name FROM events WHERE tenant_id = (SELECT id FROM tenants WHERE slug = 'nordlicht')
         AND status NOT IN ('closed', 'cancelled') ORDER BY abs(extract(epoch FROM starts_at - now())), id LIMIT 1`,
    );
    if (event === undefined) throw new Error('the demo company has no event');
    return event;
  };
  const { id, name } = await named();
  const context = await browser.newContext({ baseURL: stack.url, viewport: { width: 1440, height: 900 } });
  const { page } = await signIn(context, stack.url, 'Miriam');
  await stack.query(`UPDATE events SET name = 'Mistyped', venue = 'Mistyped hall' WHERE id = $1`, [id]);
  await page.goto(`/events/${id}`);
  await expect(page.getByRole('heading', { name: 'Mistyped' }).first()).toBeVisible();
  await page.goto('/changes');
  await page.getByLabel('Changes of').selectOption({ label: 'Event' });
  await page.getByRole('button', { name: 'History of Mistyped' }).first().click();
  await expect(page.getByText('Only Mistyped')).toBeVisible();
  const change = page.getByRole('listitem').filter({ hasText: 'Mistyped hall' }).first();
  await change.getByRole('button', { name: `Take again: ${name}`, exact: true }).click();
  await expect(change.getByText('Taken again.')).toBeVisible();
  await page.screenshot({ path: info.outputPath('taken.png') });
  await expect.poll(async () => (await named()).name).toBe(name);
  await change.getByRole('button', { name: `Take again: ${name}`, exact: true }).click();
  await expect(change.getByText('It says so already.')).toBeVisible();
  const [edit] = await stack.query<{ saw: string }>(
    `SELECT saw FROM field_edits WHERE row_id = $1 AND field = 'name' ORDER BY received_at DESC LIMIT 1`,
    [id],
  );
  expect(edit?.saw).toBe('"Mistyped"');
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByLabel('Changes of').selectOption({ label: 'Person' });
  await expect(page.getByRole('listitem').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Take again/ })).toHaveCount(0);
  await page.evaluate(() => localStorage.setItem('eventkit.language', 'de'));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await page.getByLabel('Änderungen an').selectOption({ label: 'Event' });
  await expect(page.getByRole('button', { name: /^Wieder übernehmen/ }).first()).toBeVisible();
  await page.screenshot({ path: info.outputPath('taken-phone.png') });
  await page.goto(`/events/${id}/edit`);
  await expect(page.getByRole('button', { name: 'Wieder übernehmen: Mistyped' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Wieder übernehmen: Mistyped' }).first().scrollIntoViewIfNeeded();
  await page.screenshot({ path: info.outputPath('edit-history.png') });
});
