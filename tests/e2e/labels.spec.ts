import { expect, test } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { expectAgreement } from './agreement.ts';
import { type Device, scan, signIn, untilAllSent, untilOpensOffline, wedge } from './device.ts';

/*
 * Labels as people live with them: a code that nobody knows is given to a thing without signal, and counts as of its
 * scan, for everybody.
 */

type Unit = { readonly id: string; readonly code: string };

const TENANT = 'nordlicht';
const FOREIGN_CODE = 'FOH-7781';
const SETTLED_WITHIN_MS = 20_000;

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

test('a code is given to a thing without signal, and leads there on every device afterwards', async ({
  browser,
}) => {
  const { event, wanted } = await findStock();
  const jana = await signIn(await browser.newContext(phone()), stack.url, 'Jana');
  const emre = await signIn(await browser.newContext(phone()), stack.url, 'Emre');
  await untilOpensOffline(jana);
  await jana.context.setOffline(true);
  await jana.page.goto(`/events/${event.id}/scan`);

  await test.step('the plate asks what it is; another label of the thing is the answer', async () => {
    await scan(jana, FOREIGN_CODE, 'unknown');
    await jana.page.getByRole('button', { name: 'Give this code to a thing' }).click();
    await scanInto(jana, wanted.code);
    await expectPlate(jana, wanted.code, `has the label ${FOREIGN_CODE} now`);
  });

  await test.step('taken back it is open again, and given again by finding the thing', async () => {
    await jana.page.getByRole('button', { name: 'Undo' }).click();
    await jana.page.getByRole('button', { name: /Unknown$/ }).click();
    await jana.page.getByRole('button', { name: 'What is it?' }).click();
    await jana.page.getByLabel('Code, product or place').fill(wanted.code);
    await jana.page.getByRole('dialog').getByRole('button', { name: wanted.code }).click();
    await expectPlate(jana, wanted.code, `has the label ${FOREIGN_CODE} now`);
  });

  await test.step('with signal, both devices and the server agree: the scan counted for the thing', async () => {
    await jana.context.setOffline(false);
    await untilAllSent(jana, SETTLED_WITHIN_MS);
    await expectAgreement(stack, TENANT, [jana, emre]);
    const conflicts = await stack.query('SELECT status FROM conflicts WHERE code = $1', [FOREIGN_CODE]);
    expect(conflicts).toEqual([{ status: 'settled' }]);
    const [asset] = await stack.query('SELECT place_id FROM assets WHERE id = $1', [wanted.id]);
    expect(asset).toEqual({ place_id: event.id });
  });

  await test.step('another person scans it, in German, and the label leads to the thing', async () => {
    await speakGerman(emre);
    await emre.page.goto(`/events/${event.id}/scan`);
    await emre.page.waitForFunction(() => document.documentElement.lang === 'de');
    await wedgeUntil(emre, FOREIGN_CODE, wanted.code, 'already');
    await emre.page.goto('/conflicts');
    await emre.page.getByText(`Den Code ${FOREIGN_CODE} kennt niemand`).first().click();
    await expect(emre.page.getByText(`Etikett angebracht an ${wanted.code}`).first()).toBeVisible();
  });
});

/** A code into an open sheet, where no plate shows it. */
async function scanInto(device: Device, code: string): Promise<void> {
  await expect(device.page.getByRole('dialog')).toBeVisible();
  await expect(device.page.getByLabel('Code, product or place')).toBeVisible();
  await wedge(device, code);
}

/** The plate shows the thing, and what was said of it. */
async function expectPlate({ page }: Device, code: string, said: string): Promise<void> {
  const plate = page.locator('[data-outcome=ok]', { hasText: code });
  await expect(plate).toContainText(said);
}

/** Scans the label, and waits for the plate of the thing that it is on. */
async function wedgeUntil(device: Device, label: string, code: string, outcome: string): Promise<void> {
  await wedge(device, label);
  await expect(device.page.locator('[data-outcome]', { hasText: code })).toHaveAttribute(
    'data-outcome',
    outcome,
  );
}

async function speakGerman({ page }: Device): Promise<void> {
  await page.evaluate(() => localStorage.setItem('eventkit.language', 'de'));
  await page.reload();
}

function phone() {
  return { baseURL: stack.url, viewport: { width: 390, height: 844 } };
}

/** An event, and a thing in stock that its list asks for. */
async function findStock(): Promise<{ event: Unit; wanted: Unit }> {
  const [event] = await stack.query<Unit>(
    `SELECT e.id, e.name AS code FROM events e JOIN tenants t ON t.id = e.tenant_id
     WHERE t.slug = $1 AND e.status IN ('in_prep', 'confirmed') AND e.load_at > now()
       AND EXISTS (SELECT 1 FROM pull_list_lines l WHERE l.event_id = e.id) ORDER BY e.load_at LIMIT 1`,
    [TENANT],
  );
  if (event === undefined) throw new Error('no event to load');
  const [wanted] = await stack.query<Unit>(
    `SELECT a.id, a.code FROM assets a JOIN pull_list_lines l USING (tenant_id, product_id)
     WHERE l.event_id = $1 AND a.status = 'in_service' AND a.place_kind = 'location' AND NOT a.is_case
       AND (a.inspection_due_at IS NULL OR a.inspection_due_at > now()) ORDER BY a.code LIMIT 1`,
    [event.id],
  );
  if (wanted === undefined) throw new Error('nothing in stock that the list asks for');
  return { event, wanted };
}
