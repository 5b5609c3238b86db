import { expect } from '@playwright/test';
import type { RunningStack } from '#stack/running-stack.ts';
import { type Device, wedge } from './device.ts';

export type Unit = { readonly id: string; readonly code: string };

export const TENANT = 'nordlicht';
export const SETTLED_WITHIN_MS = 20_000;

/** The assets of a product may go out: in stock, not in a case, tested. `a` is assets. */
export const FIT = `a.status = 'in_service' AND a.place_kind = 'location' AND NOT a.is_case
       AND (a.inspection_due_at IS NULL OR a.inspection_due_at > now())`;

/** A code into an open sheet, where no plate shows it. */
export async function scanInto(
  device: Device,
  code: string,
  field = 'Code, product or place',
): Promise<void> {
  await expect(device.page.getByLabel(field)).toBeVisible();
  await wedge(device, code);
}

/** The plate shows the thing, and what was said of it. */
export async function expectPlate({ page }: Device, code: string, said: string): Promise<void> {
  const plate = page.locator('[data-outcome=ok]', { hasText: code });
  await expect(plate).toContainText(said);
}

/** Scans the label, and waits for the plate of the thing that it is on. */
export async function wedgeUntil(
  device: Device,
  label: string,
  code: string,
  outcome: string | RegExp,
): Promise<void> {
  await wedge(device, label);
  await expect(device.page.locator('[data-outcome]', { hasText: code })).toHaveAttribute(
    'data-outcome',
    outcome,
  );
}

/** As if it had been chosen under settings. */
export async function speakGerman({ page }: Device): Promise<void> {
  await page.evaluate(() => localStorage.setItem('eventkit.language', 'de'));
  await page.reload();
}

/** The screen that scans out to an event, once it hears codes. */
export async function openScanOut({ page }: Device, event: Unit): Promise<void> {
  await page.goto(`/events/${event.id}/scan`);
  await expect(
    page.getByRole('list', { name: /^(This session by outcome|Diese Sitzung nach Ergebnis)$/ }),
  ).toBeVisible();
}

/** A phone in one hand; paths are those of the stack. */
export function phone(stack: RunningStack) {
  return { baseURL: stack.url, viewport: { width: 390, height: 844 } };
}

/** An event, and a thing in stock that its list asks for. */
export async function findStock(stack: RunningStack): Promise<{ event: Unit; wanted: Unit }> {
  const [event] = await stack.query<Unit>(
    `SELECT e.id, e.name AS code FROM events e JOIN tenants t ON t.id = e.tenant_id
     WHERE t.slug = $1 AND e.status IN ('in_prep', 'confirmed') AND e.load_at > now()
       AND EXISTS (SELECT 1 FROM pull_list_lines l WHERE l.event_id = e.id) ORDER BY e.load_at LIMIT 1`,
    [TENANT],
  );
  if (event === undefined) throw new Error('no event to load');
  const [wanted] = await stack.query<Unit>(
    `SELECT a.id, a.code FROM assets a JOIN pull_list_lines l USING (tenant_id, product_id)
     WHERE l.event_id = $1 AND ${FIT} ORDER BY a.code LIMIT 1`,
    [event.id],
  );
  if (wanted === undefined) throw new Error('nothing in stock that the list asks for');
  return { event, wanted };
}
