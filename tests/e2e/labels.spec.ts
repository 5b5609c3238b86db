import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { expectAgreement } from './agreement.ts';
import { type Device, queryDevice, scan, signIn, untilAllSent, untilOpensOffline } from './device.ts';
import {
  expectPlate,
  FIT,
  findStock,
  openScanOut,
  phone,
  SETTLED_WITHIN_MS,
  scanInto,
  speakGerman,
  TENANT,
  type Unit,
  wedgeUntil,
} from './dock-acts.ts';
import { test } from './test.ts';

/*
 * Labels as people live with them: a code that nobody knows is given to a thing without signal, and counts as of its
 * scan, for everybody; one that goes to another thing says what it was on when it was read.
 */

const FOREIGN_CODE = 'FOH-7781';

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

test('a code is given to a thing without signal, and leads there on every device afterwards', async ({
  browser,
}) => {
  const { event, wanted } = await findStock(stack);
  const jana = await signIn(await browser.newContext(phone(stack)), stack.url, 'Jana');
  const emre = await signIn(await browser.newContext(phone(stack)), stack.url, 'Emre');
  await untilOpensOffline(jana);
  await jana.context.setOffline(true);
  await openScanOut(jana, event);

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
    await openScanOut(emre, event);
    await emre.page.waitForFunction(() => document.documentElement.lang === 'de');
    await wedgeUntil(emre, FOREIGN_CODE, wanted.code, 'already');
    await emre.page.goto('/conflicts');
    await emre.page.getByText(`Den Code ${FOREIGN_CODE} kennt niemand`).first().click();
    await expect(emre.page.getByText(`Etikett angebracht an ${wanted.code}`).first()).toBeVisible();
  });
});

test('a label goes to another thing while somebody without signal still scans it: the scan is of that thing', async ({
  browser,
}) => {
  const label = 'NL-OLD-1';
  const { event, before, now } = await findTwins();
  const jana = await signIn(await browser.newContext(phone(stack)), stack.url, 'Jana');
  const emre = await signIn(await browser.newContext(phone(stack)), stack.url, 'Emre');
  await untilOpensOffline(emre);
  await putOn(jana, before, label);
  await untilAllSent(jana, SETTLED_WITHIN_MS);
  await expect
    .poll(() => queryDevice(emre, `SELECT asset_id FROM codes WHERE code = '${label}'`))
    .toEqual([{ asset_id: before.id }]);
  await speakGerman(emre);
  await emre.context.setOffline(true);

  await putOn(jana, now, label);
  await jana.page.getByRole('button', { name: `Put it on ${now.code} instead` }).click();
  await expect(jana.page.getByText(`${label} is on it now.`)).toBeVisible();
  await untilAllSent(jana, SETTLED_WITHIN_MS);
  await openScanOut(emre, event);
  await wedgeUntil(emre, label, before.code, /^(ok|wrong_event)$/);

  await emre.context.setOffline(false);
  await untilAllSent(emre, SETTLED_WITHIN_MS, 'Alles gesendet');
  await emre.page.goto('/outbox');
  const entry = emre.page.getByRole('listitem').filter({ hasText: label });
  await expect(entry).toContainText('Das Etikett klebte da schon an einem anderen Stück');
  const places = await stack.query('SELECT code, place_kind FROM assets WHERE id = ANY($1) ORDER BY code', [
    [before.id, now.id],
  ]);
  expect(places).toEqual([
    { code: before.code, place_kind: 'location' },
    { code: now.code, place_kind: 'event' },
  ]);
});

async function putOn({ page }: Device, { id }: Unit, label: string): Promise<void> {
  await page.goto(`/assets/${id}`);
  await page.getByRole('button', { name: 'Put a label on' }).click();
  await page.getByLabel('Or type its code').fill(label);
  await page.getByRole('button', { name: 'Use it' }).click();
}

/** Two things in stock, in the order of their codes. */
async function findTwins(): Promise<{ event: Unit; before: Unit; now: Unit }> {
  const { event } = await findStock(stack);
  const [before, now] = await stack.query<Unit>(
    `SELECT a.id, a.code FROM assets a
     WHERE a.tenant_id = (SELECT tenant_id FROM events WHERE id = $1) AND ${FIT} ORDER BY a.code DESC LIMIT 2`,
    [event.id],
  );
  if (before === undefined || now === undefined) throw new Error('no twins');
  return { event, before: now, now: before };
}
