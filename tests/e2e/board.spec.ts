import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { signIn, untilAllSent, untilOpensOffline } from './device.ts';
import { phone, SETTLED_WITHIN_MS, speakGerman, TENANT } from './dock-acts.ts';
import { shoot } from './shoot.ts';
import { test } from './test.ts';

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

test('a lost thing is found from the board, at another place than the books had it, without signal', async ({
  browser,
}) => {
  const { code, place } = await findLost();
  const jana = await signIn(await browser.newContext(phone(stack)), stack.url, 'Jana');
  await untilOpensOffline(jana);
  await speakGerman(jana);
  await jana.context.setOffline(true);
  await jana.page.goto('/board');
  const row = jana.page.getByRole('listitem').filter({ hasText: code });
  await row.getByRole('button', { name: 'Gefunden' }).click();
  const sheet = jana.page.getByRole('dialog', { name: `${code} ist gefunden` });
  await sheet.getByRole('button', { name: 'Es liegt bei' }).click();
  const places = jana.page.getByRole('dialog', { name: 'Platz wählen' });
  await places.getByLabel('Suchen').fill(place);
  await places.getByRole('button', { name: place }).first().click();
  await expect(sheet.getByRole('button', { name: `Es liegt bei ${place}` })).toBeVisible();
  await sheet.getByLabel('Noch etwas dazu?').fill('hinter dem Rack');
  await shoot(jana.page, 'phone-board-found');
  await sheet.getByRole('button', { name: 'Gefunden', exact: true }).click();
  await expect(row).toHaveCount(0);

  await jana.context.setOffline(false);
  await untilAllSent(jana, SETTLED_WITHIN_MS, 'Alles gesendet');
  const now = await stack.query(
    `SELECT a.status, s.code AS place FROM assets a
     JOIN storage_locations s ON s.id = a.place_id AND s.tenant_id = a.tenant_id
     WHERE a.code = $1 AND a.tenant_id = (SELECT id FROM tenants WHERE slug = $2)`,
    [code, TENANT],
  );
  expect(now).toEqual([{ status: 'in_service', place }]);
});

/** Something lost, and a shelf where nobody would look for it. */
async function findLost(): Promise<{ code: string; place: string }> {
  const [lost] = await stack.query<{ code: string; place: string }>(
    `SELECT a.code, (SELECT max(s.code) FROM storage_locations s
                      WHERE s.tenant_id = a.tenant_id AND s.kind = 'shelf' AND s.id <> a.place_id) AS place
     FROM assets a WHERE a.status = 'lost' AND a.tenant_id = (SELECT id FROM tenants WHERE slug = $1)
     ORDER BY a.code LIMIT 1`,
    [TENANT],
  );
  if (!lost?.place) throw new Error('nothing is lost, or there is no shelf');
  return lost;
}
