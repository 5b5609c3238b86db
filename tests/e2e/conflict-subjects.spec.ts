import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, scan, signIn, untilAllSent, untilOpensOffline, wedge } from './device.ts';
import { openScanOut, phone, speakGerman, TENANT, type Unit } from './dock-acts.ts';
import { test } from './test.ts';
import { expectInbox, typeOnPad } from './two-people.ts';

/*
 * The second half of docs/conflict-rules.md: labels, loose pieces, trucks, seals and stocktakes. Jana acts first, then
 * Emre, both without signal; then both are back, Jana reads in English, Emre in German.
 */

const LABEL = 'FOH-BLANK-3';
const SETTLED_WITHIN_MS = 30_000;

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

test('what two people did to labels, pieces, trucks, seals and counts is told to both', async ({
  browser,
}) => {
  const { units, boxes, event, trucks, loose } = await findStock();
  const [box, relabelled] = boxes as [Unit, Unit];
  const [labelled, alsoLabelled, lost, confirmed, late, extra, bare] = units as [
    Unit,
    Unit,
    Unit,
    Unit,
    Unit,
    Unit,
    Unit,
  ];
  const [first, second] = trucks as [Unit, Unit];
  const jana = await signIn(await browser.newContext(phone(stack)), stack.url, 'Jana');
  const emre = await signIn(await browser.newContext(phone(stack)), stack.url, 'Emre');
  const both = [jana, emre];
  await Promise.all(both.map(untilOpensOffline));
  const stocktake = await openStocktake(jana, 'Autumn count');
  await untilAllSent(jana, SETTLED_WITHIN_MS);
  await emre.page.goto('/stocktakes');
  await expect(emre.page.getByRole('link', { name: /Autumn count/ })).toBeVisible();
  await stack.kill();
  await Promise.all(both.map(({ context }) => context.setOffline(true)));

  await openScanOut(emre, event);
  await wedge(emre, `QR-${relabelled.code}`);
  await expect(emre.page.locator('[data-outcome]', { hasText: relabelled.code })).toBeVisible();

  await moveLabel(jana, `QR-${relabelled.code}`, bare);
  await putLabelOn(jana, labelled);
  await takeOut(jana, loose, event);
  await loseAtCheckIn(jana, lost);
  await jana.page.goto(`/pack/${box.id}`);
  await jana.page.getByRole('button', { name: 'Seal it' }).click();
  await expect(jana.page.getByText('sealed', { exact: true })).toBeVisible();
  await load(jana, event, first, confirmed);
  await confirmLoad(jana);
  await jana.page.goto(`/events/${event.id}/trucks/${second.id}`);
  await confirmLoad(jana);
  await countLoose(jana, stocktake, loose, '5');
  await jana.page.goto(`/stocktakes/${stocktake}`);
  await jana.page.getByRole('button', { name: 'Close the count' }).click();
  await expect(jana.page.getByText('A second person approves')).toBeVisible();

  await putLabelOn(emre, alsoLabelled);
  await takeOut(emre, loose, event);
  await openScanOut(emre, event);
  await scan(emre, lost.code);
  await emre.page.goto(`/pack/${box.id}`);
  await expect(emre.page.getByText('thing inside').or(emre.page.getByText('things inside'))).toBeVisible();
  await scan(emre, extra.code);
  await load(emre, event, first, late);
  await emre.page.goto(`/events/${event.id}/trucks/${second.id}`);
  await confirmLoad(emre);
  await countLoose(emre, stocktake, loose, '6');

  await stack.start();
  for (const device of both) {
    await device.context.setOffline(false);
    await untilAllSent(device, SETTLED_WITHIN_MS);
  }
  await speakGerman(emre);

  await expectInbox(jana, emre, [
    {
      en: `The label ${LABEL} was given to two things`,
      de: `Das Etikett ${LABEL} wurde zweimal vergeben`,
    },
    { en: `Fewer than none of ${loose.product}`, de: `Weniger als nichts von ${loose.product}` },
    { en: `${late.code}: after the truck was confirmed`, de: `${late.code}: nachdem der Lkw bestätigt war` },
  ]);

  await test.step('lost, then seen: found, and no conflict', async () => {
    const [asset] = await stack.query('SELECT status, place_id FROM assets WHERE id = $1', [lost.id]);
    expect(asset).toEqual({ status: 'in_service', place_id: event.id });
    expect(await stack.query('SELECT id FROM conflicts WHERE asset_id = $1', [lost.id])).toEqual([]);
  });

  await test.step('one truck confirmed twice: the first confirms, the second saw it too', async () => {
    await jana.page.goto(`/events/${event.id}/trucks/${second.id}`);
    await expect(jana.page.getByText(/^Confirmed by Jana/)).toBeVisible();
    await expect(jana.page.getByText(/^Emre .* too, .*: the same list/)).toBeVisible();
  });

  await test.step('what changed after the confirmation stands below it', async () => {
    await emre.page.goto(`/events/${event.id}/trucks/${first.id}`);
    await expect(emre.page.getByText(late.code).first()).toBeVisible();
    await expect(emre.page.getByText(/^Bestätigt von Jana/)).toBeVisible();
  });

  await test.step('a sealed case that was packed elsewhere shows the difference', async () => {
    await jana.page.goto(`/pack/${box.id}`);
    await expect(jana.page.getByText('Sealed, but the contents differ from the list')).toBeVisible();
    await expect(jana.page.getByText(extra.code).first()).toBeVisible();
  });

  await test.step('two counters with two numbers: the line differs, and who said what is shown', async () => {
    await jana.page.goto(`/stocktakes/${stocktake}`);
    await jana.page
      .getByRole('button', { name: new RegExp(loose.product) })
      .first()
      .click();
    await expect(jana.page.getByRole('button', { name: /^Believe 5 by Jana/ })).toBeVisible();
    await expect(jana.page.getByRole('button', { name: /^Believe 6 by Emre/ })).toBeVisible();
    await jana.page.keyboard.press('Escape');
    await expect(jana.page.getByText('counted after the close').first()).toBeVisible();
  });

  await test.step('a label that was moved meanwhile: the scan counts for what it was on then', async () => {
    const places = await stack.query(
      'SELECT id, place_id FROM assets WHERE id IN ($1, $2) AND place_id = $3',
      [relabelled.id, bare.id, event.id],
    );
    expect(places).toEqual([{ id: relabelled.id, place_id: event.id }]);
    await emre.page.goto('/conflicts');
    await expect(emre.page.getByText(LABEL).first()).toBeVisible();
    await wedge(emre, `QR-${relabelled.code}`);
    await expect(emre.page).toHaveURL(new RegExp(bare.id));
  });
});

async function openStocktake({ page }: Device, name: string): Promise<string> {
  await page.goto('/stocktakes');
  await page.getByRole('button', { name: 'New stocktake' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Start counting' }).click();
  await page.waitForURL(/\/stocktakes\/[0-9a-f-]+\/count/);
  return /stocktakes\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? '';
}

async function scanForLabel(device: Device, { id, code }: Unit, label: string): Promise<void> {
  await device.page.goto(`/assets/${id}`);
  await device.page.getByRole('button', { name: 'Put a label on' }).click();
  await expect(device.page.getByRole('dialog', { name: `A label for ${code}` })).toBeVisible();
  await wedge(device, label);
}

async function putLabelOn(device: Device, unit: Unit): Promise<void> {
  await scanForLabel(device, unit, LABEL);
  await expect(device.page.getByText(`${LABEL} is on it now.`)).toBeVisible();
}

async function moveLabel(device: Device, label: string, unit: Unit): Promise<void> {
  await scanForLabel(device, unit, label);
  await device.page.getByRole('button', { name: `Put it on ${unit.code} instead` }).click();
  await expect(device.page.getByText(`${label} is on it now.`)).toBeVisible();
}

/** All but one of the pieces: two people cannot both. */
async function takeOut({ page }: Device, loose: Loose, { id }: Unit): Promise<void> {
  await page.goto(`/pieces?act=out&product=${loose.productId}&place=${loose.placeId}&event=${id}`);
  await expect(page.getByRole('button', { name: 'Take out' })).toBeVisible();
  const most = loose.quantity - 1;
  await typeOnPad(page, String(most));
  await page.getByRole('button', { name: 'Take out' }).click();
  await expect(page.getByText(`${most.toLocaleString('en')} out`)).toBeVisible();
}

async function loseAtCheckIn(device: Device, { code }: Unit): Promise<void> {
  await device.page.goto('/check-in');
  await scan(device, code);
  await device.page.getByRole('button', { name: 'Lost' }).click();
  await device.page.getByRole('button', { name: 'Record it as Lost' }).click();
  await expect(device.page.locator('[data-outcome]', { hasText: 'Lost' })).toBeVisible();
}

async function load(device: Device, event: Unit, truck: Unit, { code }: Unit): Promise<void> {
  await device.page.goto(`/events/${event.id}/trucks/${truck.id}`);
  await expect(device.page.getByText('Scan what goes onto it')).toBeVisible();
  await scan(device, code, 'wrong_event');
  await device.page.getByRole('button', { name: 'Keep it here' }).click();
}

async function confirmLoad({ page }: Device): Promise<void> {
  await page.getByRole('button', { name: 'Leave…' }).click();
  const sheet = page.getByRole('dialog', { name: 'Confirm the load' });
  const allFollow = sheet.getByRole('button', { name: /^All \d+ lines follow later/ });
  await expect(allFollow.or(sheet.getByText('Everything that the list asks for'))).toBeVisible();
  if (await allFollow.isVisible()) await allFollow.click();
  await sheet.getByRole('button', { name: 'Confirm, stay here' }).click();
  await expect(page.getByText(/^Confirmed by/)).toBeVisible();
}

async function countLoose(device: Device, stocktake: string, loose: Loose, number: string): Promise<void> {
  const { page } = device;
  await page.goto(`/stocktakes/${stocktake}/count`);
  await expect(page.getByText('Scan the label of a shelf')).toBeVisible();
  await wedge(device, loose.placeCode);
  await expect(page.getByRole('button', { name: `Counting at ${loose.placeCode}` })).toBeVisible();
  await page.getByRole('button', { name: 'Loose' }).click();
  await page.getByRole('button', { name: loose.product }).click();
  await typeOnPad(page, number);
  await page.getByRole('button', { name: 'Record' }).click();
  await expect(page.getByText(`counted ${number}`).first()).toBeVisible();
}

type Loose = {
  readonly productId: string;
  readonly product: string;
  readonly placeId: string;
  readonly placeCode: string;
  readonly quantity: number;
};

async function findStock() {
  const ofTenant = `tenant_id = (SELECT id FROM tenants WHERE slug = '${TENANT}')`;
  const inStock = `${ofTenant} AND status = 'in_service' AND place_kind = 'location'
    AND (inspection_due_at IS NULL OR inspection_due_at > now() + interval '1 day')`;
  const [event] = await stack.query<Unit>(
    `SELECT id, name AS code FROM events
     WHERE ${ofTenant} AND status IN ('in_prep', 'confirmed') AND load_at > now() ORDER BY load_at LIMIT 1`,
  );
  const boxes = await stack.query<Unit>(
    `SELECT c.id, c.code FROM assets c WHERE ${inStock} AND is_case
       AND EXISTS (SELECT 1 FROM assets a WHERE a.tenant_id = c.tenant_id AND a.place_id = c.id) ORDER BY code LIMIT 2`,
  );
  const [loose] = await stack.query<Loose>(
    `SELECT b.product_id AS "productId", p.name AS product, b.place_id AS "placeId", s.code AS "placeCode",
            b.quantity::int AS quantity FROM bulk_stock b
     JOIN products p ON p.tenant_id = b.tenant_id AND p.id = b.product_id
     JOIN storage_locations s ON s.tenant_id = b.tenant_id AND s.id = b.place_id
     WHERE b.${ofTenant} AND b.quantity > 20 ORDER BY p.name LIMIT 1`,
  );
  if (!event || boxes.length < 2 || !loose) throw new Error('the demo company lacks something');
  return {
    event,
    boxes,
    loose,
    units: await stack.query<Unit>(
      `SELECT id, code FROM assets WHERE ${inStock} AND NOT is_case ORDER BY code LIMIT 7`,
    ),
    trucks: await stack.query<Unit>(`SELECT id, code FROM vehicles WHERE ${ofTenant} ORDER BY code LIMIT 2`),
  };
}
