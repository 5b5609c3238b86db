import type { CompanyRows, TenantRow, UserRow, VehicleRow } from './demo-rows.ts';
import { buehneSuedEvents, type DemoEvent, nordlichtEvents } from './event-list.ts';
import { createIds } from './new-ids.ts';
import type { CatalogueProduct } from './parse-catalogue.ts';
import { planAssets } from './plan-assets.ts';
import { planBulkLines, planOpenings } from './plan-bulk.ts';
import { planCaseTemplates } from './plan-case-templates.ts';
import { planEvents } from './plan-events.ts';
import { planHistory } from './plan-history.ts';
import type { Scanner } from './plan-scans.ts';
import { planStock } from './plan-stock.ts';
import { type DepotNames, planStorage } from './plan-storage.ts';
import { createRandom } from './random.ts';

/** What one demo company is made from. */
export type CompanyProfile = {
  readonly tenant: Omit<TenantRow, 'id'>;
  readonly users: readonly Omit<UserRow, 'id'>[];
  /** Devices by name, with the e-mail address of who registered them and scans with them. */
  readonly devices: readonly { readonly name: string; readonly email: string }[];
  readonly depot: DepotNames;
  readonly fleet: readonly Omit<VehicleRow, 'id'>[];
  readonly events: readonly DemoEvent[];
  /** Unix time of the first id, so that companies do not share any. */
  readonly idsFromMs: number;
};

/** All rows of a company with exactly `assetCount` assets. The same arguments give the same rows. */
export function composeCompany(
  profile: CompanyProfile,
  catalogue: readonly CatalogueProduct[],
  options: { readonly assetCount: number; readonly seed: number; readonly nowMs: number },
): CompanyRows {
  const random = createRandom(options.seed * 1_000_003 + profile.idsFromMs / 86_400_000);
  const newId = createIds(random, profile.idsFromMs);
  const make = { random, newId };
  const tenant = { id: newId(), ...profile.tenant };
  const users = profile.users.map((user) => ({ id: newId(), ...user }));
  const devices = profile.devices.map(({ name, email }) => ({
    id: newId(),
    name,
    registered_by: idOf(users, email),
  }));
  const scanners = devices.map(
    (device): Scanner => ({ userId: device.registered_by, deviceId: device.id, epoch: newId() }),
  );
  const stock = planStock(make, options.assetCount, catalogue);
  const storage = planStorage(newId, profile.depot, stock.stocks);
  const { assets, labels } = planAssets(make, stock, storage);
  const planned = planEvents(
    make,
    { timeZone: profile.tenant.time_zone, nowMs: options.nowMs },
    profile.events,
    stock.stocks,
  );
  const history = planHistory(
    { random, nowMs: options.nowMs },
    assets,
    planned.events,
    scanners,
    storage.locationOf('Q1').id,
  );
  return {
    tenant,
    users,
    devices,
    products: stock.products,
    storage_locations: storage.locations,
    case_template_lines: planCaseTemplates(newId, stock),
    vehicles: profile.fleet.map((vehicle) => ({ id: newId(), ...vehicle })),
    labels,
    events: planned.events.map(({ row }) => row),
    pull_lists: planned.pullLists,
    pull_list_lines: [...planned.lines, ...planBulkLines(newId, planned, stock.counted)],
    ...history,
    ...planOpenings(stock.counted, storage.locations, options.nowMs),
  };
}

/** Payload in kilograms, then length, width and height of the cargo space in millimetres. */
type VehicleSize = readonly [payloadKg: number, length: number, width: number, height: number];
const truck12: VehicleSize = [5_600, 7_200, 2_480, 2_500];
const truck18: VehicleSize = [9_200, 8_200, 2_480, 2_600];
const van: VehicleSize = [1_150, 4_300, 1_780, 1_940];

export const nordlicht: CompanyProfile = {
  tenant: {
    name: 'Nordlicht Veranstaltungstechnik',
    slug: 'nordlicht',
    locale: 'de',
    time_zone: 'Europe/Vienna',
    currency: 'EUR',
  },
  users: [
    { email: 'jana@nordlicht.example', name: 'Jana Pichler', role: 'warehouse', locale: 'de' },
    { email: 'emre@nordlicht.example', name: 'Emre Yıldız', role: 'warehouse', locale: 'de' },
    { email: 'dana@nordlicht.example', name: 'Dana Novák', role: 'warehouse', locale: 'en' },
    { email: 'lea@nordlicht.example', name: 'Lea Moser', role: 'planner', locale: 'de' },
    { email: 'admin@nordlicht.example', name: 'Miriam Leitner', role: 'admin', locale: 'de' },
  ],
  devices: [
    { name: 'Dock 1 Tablet', email: 'emre@nordlicht.example' },
    { name: 'Dock 2 Telefon', email: 'jana@nordlicht.example' },
  ],
  depot: {
    code: 'LINZ',
    name: 'Depot Linz',
    dockCount: 4,
  },
  fleet: [
    vehicle('T1', 'Truck 1', 'LL-482KT', truck12),
    vehicle('T2', 'Truck 2', 'LL-519KT', truck12),
    vehicle('T3', 'Truck 3', 'LL-733MB', truck18),
    vehicle('V1', 'Van 1', 'LL-208NV', van),
    vehicle('V2', 'Van 2', 'LL-209NV', van),
  ],
  events: nordlichtEvents,
  idsFromMs: Date.UTC(2025, 0, 7),
};

export const buehneSued: CompanyProfile = {
  tenant: {
    name: 'Bühne Süd',
    slug: 'buehne-sued',
    locale: 'de',
    time_zone: 'Europe/Vienna',
    currency: 'EUR',
  },
  users: [
    { email: 'mira@buehne-sued.example', name: 'Mira Kogler', role: 'warehouse', locale: 'de' },
    { email: 'admin@buehne-sued.example', name: 'Theo Strasser', role: 'admin', locale: 'de' },
  ],
  devices: [{ name: 'Lagertelefon', email: 'mira@buehne-sued.example' }],
  depot: { code: 'GRAZ', name: 'Depot Graz', dockCount: 1 },
  fleet: [vehicle('T1', 'Sprinter', 'G-814BS', van)],
  events: buehneSuedEvents,
  idsFromMs: Date.UTC(2025, 2, 3),
};

function vehicle(code: string, name: string, plate: string, size: VehicleSize): Omit<VehicleRow, 'id'> {
  const [payloadKg, length, width, height] = size;
  return {
    code,
    name,
    plate,
    payload_grams: payloadKg * 1000,
    cargo_length_millimetres: length,
    cargo_width_millimetres: width,
    cargo_height_millimetres: height,
  };
}

function idOf(users: readonly UserRow[], email: string): string {
  const user = users.find((one) => one.email === email);
  if (user === undefined) throw new Error(`nobody has the address ${email}`);
  return user.id;
}
