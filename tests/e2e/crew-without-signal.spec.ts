import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { expectAgreement } from './agreement.ts';
import {
  type Device,
  killTab,
  queryDevice,
  scan,
  signIn,
  untilAllSent,
  untilOpensOffline,
  wedge,
} from './device.ts';
import { test } from './test.ts';

type Unit = { readonly id: string; readonly code: string };

const TENANT = 'nordlicht';
const SCAN_COUNT = 60;
const SHARED_COUNT = 5;
const SETTLED_WITHIN_MS = 10_000;

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

test('two crews scan without signal, and everything arrives', async ({ browser }) => {
  const job = await findJob();
  const startedAt = await now();
  const forJana = job.units.slice(0, SCAN_COUNT);
  const forEmre = job.units.slice(SCAN_COUNT - SHARED_COUNT, 2 * SCAN_COUNT - SHARED_COUNT);
  const inBothHands = job.units.slice(SCAN_COUNT - SHARED_COUNT, SCAN_COUNT);

  let jana = await signIn(await browser.newContext(phone()), stack.url, 'Jana');
  const emre = await signIn(await browser.newContext(phone()), stack.url, 'Emre');
  await Promise.all([jana, emre].map(untilOpensOffline));

  await stack.kill();
  await Promise.all([jana, emre].map(({ context }) => context.setOffline(true)));

  await Promise.all([
    scanOut(jana, job.firstEvent, forJana.slice(0, 40)),
    scanOut(emre, job.secondEvent, forEmre),
  ]);
  jana = await killTab(jana, `${stack.url}/events/${job.firstEvent}/scan`);
  await expect(jana.page.getByText('40 kept on this device')).toBeVisible({ timeout: 10_000 });
  await scanOut(jana, job.firstEvent, forJana.slice(40));
  await packCase(jana, job.box, job.members);
  await checkInDamaged(emre, job.returned);

  await stack.start();
  await Promise.all([jana, emre].map(({ context }) => context.setOffline(false)));
  const backAt = performance.now();
  await Promise.all([jana, emre].map((device) => untilAllSent(device, SETTLED_WITHIN_MS)));
  await expectAgreement(stack, TENANT, [jana, emre]);
  expect(performance.now() - backAt).toBeLessThan(SETTLED_WITHIN_MS);

  await expectEveryOperationJudgedOnce(jana, emre);
  await expectConflicts(startedAt, inBothHands);
  await expectAudited(startedAt, [...forJana, ...forEmre, ...job.members, job.returned]);
  for (const device of [jana, emre]) {
    await device.page.goto('/conflicts');
    for (const { code } of inBothHands) await expect(device.page.getByText(code).first()).toBeVisible();
  }
  expect(await stateOf(job.returned)).toEqual({ status: 'quarantined', place_kind: 'location' });
});

/** A phone in one hand; paths are those of the stack. */
function phone() {
  return { baseURL: stack.url, viewport: { width: 390, height: 844 } };
}

async function scanOut(device: Device, eventId: string, units: readonly Unit[]): Promise<void> {
  if (!device.page.url().includes(`${eventId}/scan`)) await device.page.goto(`/events/${eventId}/scan`);
  await expect(device.page.getByRole('list', { name: 'This session by outcome' })).toBeVisible();
  for (const { code } of units) await scan(device, code, /^(ok|wrong_event)$/);
}

async function packCase(device: Device, box: Unit, members: readonly Unit[]): Promise<void> {
  await device.page.goto('/pack');
  await expect(device.page.getByText('Scan the case first')).toBeVisible();
  await wedge(device, box.code);
  await expect(device.page.getByText(box.code).first()).toBeVisible();
  for (const { code } of members) await scan(device, code, 'ok');
}

async function checkInDamaged(device: Device, unit: Unit): Promise<void> {
  await device.page.goto('/check-in');
  await expect(device.page.getByText('Scan what comes back')).toBeVisible();
  await scan(device, unit.code, 'ok');
  await device.page.getByRole('button', { name: 'Damaged' }).click();
  await device.page.getByRole('button', { name: 'Record it as Damaged' }).click();
  await expect(device.page.locator('[data-outcome]', { hasText: 'Damaged' })).toBeVisible();
}

/** What the day brings: loose units in stock, two events, a case with things for it, something that is out. */
async function findJob() {
  const ofTenant = `tenant_id = (SELECT id FROM tenants WHERE slug = '${TENANT}')`;
  const loose = await stack.query<Unit>(
    `SELECT id, code FROM assets
     WHERE ${ofTenant} AND NOT is_case AND status = 'in_service' AND place_kind = 'location' ORDER BY code LIMIT 200`,
  );
  const events = await stack.query<{ id: string }>(
    `SELECT id FROM events WHERE ${ofTenant} AND status IN ('in_prep', 'confirmed') AND load_at > now() ORDER BY load_at LIMIT 2`,
  );
  const [box] = await stack.query<Unit>(
    `SELECT id, code FROM assets a WHERE ${ofTenant} AND is_case AND place_kind = 'location' AND status = 'in_service'
     ORDER BY code LIMIT 1`,
  );
  const [returned] = await stack.query<Unit>(
    `SELECT id, code FROM assets WHERE ${ofTenant} AND NOT is_case AND place_kind = 'event' ORDER BY code LIMIT 1`,
  );
  const [first, second] = events;
  if (!first || !second || !box || !returned) throw new Error('the demo company lacks what the day needs');
  return {
    units: loose.slice(0, 150),
    members: loose.slice(190, 193),
    firstEvent: first.id,
    secondEvent: second.id,
    box,
    returned,
  };
}

async function expectEveryOperationJudgedOnce(...devices: readonly Device[]): Promise<void> {
  for (const device of devices) {
    const own = await queryDevice<{ id: string; state: string; verdict: string }>(
      device,
      'SELECT id, state, verdict FROM own_operations',
    );
    expect(own.length).toBeGreaterThan(SCAN_COUNT);
    expect(own.filter(({ state }) => state !== 'settled')).toEqual([]);
    expect(own.filter(({ verdict }) => verdict === 'refused')).toEqual([]);
    const stored = await stack.query<{ id: string; movements: number }>(
      `SELECT o.id, (SELECT count(*)::int FROM movements m WHERE m.tenant_id = o.tenant_id AND m.operation_id = o.id) AS movements
       FROM operations o WHERE o.id = ANY ($1::uuid[])`,
      [own.map(({ id }) => id)],
    );
    expect(stored.map(({ id }) => id).sort()).toEqual(own.map(({ id }) => id).sort());
    expect(stored.filter(({ movements }) => movements !== 1)).toEqual([]);
  }
  expect(await stack.query('SELECT id FROM unreadable_operations')).toEqual([]);
}

async function expectConflicts(since: string, units: readonly Unit[]): Promise<void> {
  const open = await stack.query<{ asset_id: string; class: string }>(
    `SELECT asset_id, class FROM conflicts WHERE status = 'open' AND opened_at >= $1`,
    [since],
  );
  expect(open.map(({ asset_id }) => asset_id).sort()).toEqual(units.map(({ id }) => id).sort());
  expect([...new Set(open.map((conflict) => conflict.class))]).toEqual(['double_check_out']);
}

/** Each unit that moved has its change in the trail, with who did it and by which operation. */
async function expectAudited(since: string, units: readonly Unit[]): Promise<void> {
  const rows = await stack.query<{ row_id: string }>(
    `SELECT DISTINCT row_id FROM audit_log
     WHERE table_name = 'assets' AND at >= $1 AND user_id IS NOT NULL AND operation_id IS NOT NULL AND changes ? 'place_id'`,
    [since],
  );
  const audited = new Set(rows.map(({ row_id }) => row_id));
  expect(units.filter(({ id }) => !audited.has(id))).toEqual([]);
}

async function stateOf({ id }: Unit) {
  const [row] = await stack.query('SELECT status, place_kind FROM assets WHERE id = $1', [id]);
  return row;
}

async function now(): Promise<string> {
  const [row] = await stack.query<{ now: string }>('SELECT now()::text AS now');
  return row?.now ?? '';
}
