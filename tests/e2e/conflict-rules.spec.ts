import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, scan, signIn, untilAllSent, untilOpensOffline, wedge } from './device.ts';
import { openScanOut, phone, speakGerman, TENANT, type Unit } from './dock-acts.ts';
import { test } from './test.ts';
import { expectInbox } from './two-people.ts';

/*
 * Two people without signal do what cannot both be true, one case of docs/conflict-rules.md after the other. Then both
 * are back, and each reads what became of it: Jana in English, Emre in German.
 */

const UNKNOWN_CODE = 'FOH-LOST-LABEL';
/** Most of it is on nobody's list; it is recorded all the same. */
const RECORDED = /^(ok|wrong_event)$/;
const SETTLED_WITHIN_MS = 20_000;

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

test('what two people did without signal is told to both in plain words', async ({ browser }) => {
  const { units, boxes, events } = await findStock();
  const [twice, packedTwice, heldBack, scannedByBoth, neverOut] = units as [Unit, Unit, Unit, Unit, Unit];
  const [red, blue, inner, outer] = boxes as [Unit, Unit, Unit, Unit];
  const [gala, fair] = events as [Unit, Unit];
  const jana = await signIn(await browser.newContext(phone(stack)), stack.url, 'Jana');
  const emre = await signIn(await browser.newContext(phone(stack)), stack.url, 'Emre');
  const both = [jana, emre];
  await Promise.all(both.map(untilOpensOffline));
  await stack.kill();
  await Promise.all(both.map(({ context }) => context.setOffline(true)));

  await openScanOut(jana, gala);
  await scan(jana, twice.code, RECORDED);
  await scan(jana, scannedByBoth.code, RECORDED);
  await packInto(jana, red, packedTwice);
  await packInto(jana, outer, inner, { isCase: true });
  await holdBack(jana, heldBack);
  await jana.page.goto('/check-in');
  await scan(jana, neverOut.code, RECORDED);

  await openScanOut(emre, fair);
  await scan(emre, twice.code, RECORDED);
  await scan(emre, heldBack.code, RECORDED);
  await scan(emre, UNKNOWN_CODE, 'unknown');
  await openScanOut(emre, gala);
  await scan(emre, scannedByBoth.code, RECORDED);
  await packInto(emre, blue, packedTwice);
  await packInto(emre, inner, outer, { isCase: true });

  await stack.start();
  // One after the other: who comes second is told what was there already.
  for (const device of both) {
    await device.context.setOffline(false);
    await untilAllSent(device, SETTLED_WITHIN_MS);
  }
  await speakGerman(emre);

  await expectInbox(jana, emre, [
    { en: `${twice.code} is out to two events`, de: `${twice.code} ist für zwei Events draußen` },
    { en: `${packedTwice.code} is packed in two cases`, de: `${packedTwice.code} steckt in zwei Cases` },
    { en: `${heldBack.code} went out while blocked`, de: `${heldBack.code} ging trotz Sperre hinaus` },
    { en: `${outer.code} would hold itself`, de: `${outer.code} läge in sich selbst` },
    { en: `Nobody knows the code ${UNKNOWN_CODE}`, de: `Den Code ${UNKNOWN_CODE} kennt niemand` },
  ]);

  await test.step('a conflict names both people, both devices and both places', async () => {
    await jana.page.getByRole('link', { name: `${twice.code} is out to two events` }).click();
    const claims: readonly [Unit, RegExp][] = [
      [gala, /^Jana/],
      [fair, /^Emre/],
    ];
    for (const [event, person] of claims) {
      await expect(jana.page.getByRole('heading', { name: `Checked out to ${event.code}` })).toBeVisible();
      await expect(jana.page.getByRole('definition').filter({ hasText: person })).toBeVisible();
    }
    await expect(jana.page.getByRole('definition').filter({ hasText: /^Chrome/ })).toHaveCount(2);
  });

  await test.step('done twice is no conflict, and the second person is told', async () => {
    await emre.page.goto('/outbox');
    const entry = emre.page.getByRole('listitem').filter({ hasText: scannedByBoth.code });
    await expect(entry).toContainText('Es war schon dort.');
    await expectNoConflictAbout(scannedByBoth);
  });

  await test.step('back without having been out is a sighting and no conflict', () =>
    expectNoConflictAbout(neverOut));
});

async function expectNoConflictAbout({ id }: Unit): Promise<void> {
  expect(await stack.query('SELECT id FROM conflicts WHERE asset_id = $1', [id])).toEqual([]);
}

async function packInto(
  device: Device,
  box: Unit,
  member: Unit,
  { isCase } = { isCase: false },
): Promise<void> {
  await device.page.goto('/pack');
  await expect(device.page.getByText('Scan the case first')).toBeVisible();
  await wedge(device, box.code);
  await expect(device.page.getByText(box.code).first()).toBeVisible();
  // Scanning a case opens it, unless it was said that it goes in.
  if (isCase) await device.page.getByRole('button', { name: 'Put a case into this one' }).click();
  await scan(device, member.code, RECORDED);
}

async function holdBack({ page }: Device, { id }: Unit): Promise<void> {
  await page.goto(`/assets/${id}`);
  await page.getByRole('button', { name: 'Hold back' }).click();
  await page.getByLabel('Why?').fill('rattles');
  await page.getByRole('dialog').getByRole('button', { name: 'Hold back' }).click();
  // Held back already: what it offers now is the release.
  await expect(page.getByRole('button', { name: 'Release' })).toBeVisible();
}

async function findStock() {
  const ofTenant = `tenant_id = (SELECT id FROM tenants WHERE slug = '${TENANT}')`;
  const inStock = `${ofTenant} AND status = 'in_service' AND place_kind = 'location'`;
  return {
    units: await stack.query<Unit>(
      `SELECT id, code FROM assets WHERE ${inStock} AND NOT is_case ORDER BY code LIMIT 5`,
    ),
    boxes: await stack.query<Unit>(
      `SELECT id, code FROM assets WHERE ${inStock} AND is_case ORDER BY code LIMIT 4`,
    ),
    events: await stack.query<Unit>(
      `SELECT id, name AS code FROM events
       WHERE ${ofTenant} AND status IN ('in_prep', 'confirmed') AND load_at > now() ORDER BY load_at LIMIT 2`,
    ),
  };
}
