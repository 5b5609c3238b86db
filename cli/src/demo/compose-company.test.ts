import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { buehneSued, composeCompany, nordlicht } from './compose-company.ts';
import type { CompanyRows } from './demo-rows.ts';
import { parseCatalogue } from './parse-catalogue.ts';

const { products: catalogue } = parseCatalogue(
  readFileSync(new URL('../../../data/catalog.csv', import.meta.url), 'utf8'),
);
const nowMs = Date.parse('2026-11-26T10:00:00Z');
const compose = (assetCount: number, seed = 1, at = nowMs) =>
  composeCompany(nordlicht, catalogue, { assetCount, seed, nowMs: at });

describe('the demo company', () => {
  const company = compose(5000);
  const byId = <Row extends { readonly id: string }>(rows: readonly Row[]) =>
    new Map(rows.map((row) => [row.id, row]));

  test('is the same for the same seed, and another one for another seed', () => {
    expect(compose(600)).toEqual(compose(600));
    expect(compose(600, 2)).not.toEqual(compose(600));
  });

  test('has the same assets whatever the day', () => {
    const later = compose(600, 1, nowMs + 40 * 86_400_000);
    const homes = ({ assets }: CompanyRows) =>
      assets.map(({ id, code, baseline_id }) => [id, code, baseline_id]);
    expect(homes(later)).toEqual(homes(compose(600)));
  });

  test.each([200, 1000, 5000, 30_000])(
    'has exactly %i assets with codes of their own, which no label takes from them',
    (count) => {
      const { assets, labels } = compose(count);
      expect(assets).toHaveLength(count);
      expect(new Set(assets.map(({ code }) => code)).size).toBe(count);
      expect(new Set(labels.map(({ value }) => value)).size).toBe(labels.length);
      const labelled = new Set(labels.map(({ value }) => value));
      expect(assets.filter(({ code }) => labelled.has(code))).toEqual([]);
    },
  );

  test('keeps about a twelfth of its assets in cases', () => {
    const cased = company.assets.filter(({ baseline_kind }) => baseline_kind === 'case').length;
    expect(cased / 5000).toBeGreaterThan(0.07);
    expect(cased / 5000).toBeLessThan(0.09);
  });

  test('has ids that ascend in every table, so that reading by id is reading as written', () => {
    const { assets, labels, products, storage_locations: locations, operations } = company;
    const pieces = assets.filter((asset) => !asset.is_case);
    for (const rows of [pieces, labels, products, locations, operations]) {
      const ids = rows.map(({ id }) => id);
      expect(ids).toEqual(ids.toSorted());
    }
  });

  test('has the pieces that everybody knows: Pointes from A-0401, four of them in C-040, on shelf B4-2', () => {
    const pointe = company.products.find(({ name }) => name === 'Pointe');
    const codes = company.assets.filter((one) => one.product_id === pointe?.id).map(({ code }) => code);
    expect(codes).toHaveLength(24);
    expect(codes).toContain('A-0412');
    const piece = company.assets.find(({ code }) => code === 'A-0412');
    const around = byId(company.assets).get(piece?.baseline_id ?? '');
    expect(around?.code).toBe('C-040');
    expect(byId(company.storage_locations).get(around?.baseline_id ?? '')?.code).toBe('B4-2');
  });

  test('marks what is made up, and takes lighting from the catalogue', () => {
    const sources = new Set(company.products.map(({ source }) => source));
    expect(sources).toEqual(new Set(['synthetic', 'ofl-npm', 'qlcplus-deb']));
    const made = company.products.find(({ name }) => name === 'Line array top 12 inch 2-way');
    expect(made?.source).toBe('synthetic');
  });

  test("has forty jobs; today's wants 52 pieces on ten lines and two amplifier racks are away", () => {
    expect(company.events).toHaveLength(40);
    const today = company.events.find(({ name }) => name === 'Winterleuchten Hauptplatz');
    const lines = company.pull_list_lines.filter(({ event_id }) => event_id === today?.id);
    expect(lines).toHaveLength(10);
    expect(lines.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(52);
    const racks = company.products.find(({ name }) => name === 'Amplifier rack 4 channels');
    const home = company.assets.filter(
      (one) => one.product_id === racks?.id && one.place_kind === 'location',
    );
    expect(home).toHaveLength(2);
    expect(company.movements.filter(({ to_id }) => to_id === today?.id)).toEqual([]);
  });

  test('never promises a product more often than there are pieces, and lists have 8 lines or more', () => {
    const counts = new Map<string, number>();
    for (const { product_id } of company.assets) counts.set(product_id, (counts.get(product_id) ?? 0) + 1);
    for (const { product_id, quantity } of company.bulk_stock) {
      counts.set(product_id, (counts.get(product_id) ?? 0) + quantity);
    }
    for (const event of company.events) {
      const overlapping = new Set(
        company.events
          .filter((one) => one.load_at <= event.load_at && event.load_at < one.return_at)
          .map(({ id }) => id),
      );
      const wanted = new Map<string, number>();
      for (const line of company.pull_list_lines.filter(({ event_id }) => overlapping.has(event_id))) {
        // The amplifier racks are short on purpose: the truck from Wels brings them back in time.
        if (company.products.find(({ id }) => id === line.product_id)?.name.startsWith('Amplifier rack'))
          continue;
        wanted.set(line.product_id, (wanted.get(line.product_id) ?? 0) + line.quantity);
      }
      for (const [id, quantity] of wanted) expect(quantity).toBeLessThanOrEqual(counts.get(id) ?? 0);
      const lineCount = company.pull_list_lines.filter(({ event_id }) => event_id === event.id).length;
      expect(lineCount).toBeGreaterThanOrEqual(8);
      expect(lineCount).toBeLessThanOrEqual(40);
    }
  });

  test('has loose pieces on two shelves each, opened before anything was scanned, and one list that asks for them', () => {
    const loose = company.products.filter(({ tracking }) => tracking !== 'serialised');
    expect(company.bulk_stock).toHaveLength(2 * loose.length);
    for (const { id, quantity, last_movement_id } of company.bulk_stock) {
      const opening = company.bulk_movements.find((one) => one.id === last_movement_id);
      expect(opening).toMatchObject({ stock_id: id, kind: 'opening', quantity });
    }
    const asked = new Set(company.pull_list_lines.map(({ product_id }) => product_id));
    expect(loose.filter(({ id }) => asked.has(id)).length).toBeGreaterThan(2);
  });

  test('has gear out on running jobs, some damaged and held back, and nothing scanned in the future', () => {
    const out = company.assets.filter(({ place_kind }) => place_kind === 'event');
    expect(out.length).toBeGreaterThan(100);
    const blocked = company.assets.filter(({ status }) => status === 'quarantined');
    expect(blocked.length).toBeGreaterThan(2);
    for (const { condition, place_id } of blocked) {
      expect(condition).toBe('damaged');
      expect(byId(company.storage_locations).get(place_id)?.code).toBe('Q1');
    }
    const now = new Date(nowMs).toISOString();
    expect(company.operations.filter(({ received_at }) => received_at > now)).toEqual([]);
  });

  test('shares codes with the second company, and no ids', () => {
    const other = composeCompany(buehneSued, catalogue, { assetCount: 150, seed: 1, nowMs });
    expect(other.assets).toHaveLength(150);
    expect(other.assets.map(({ code }) => code)).toContain('A-0001');
    const ids = new Set(company.assets.map(({ id }) => id));
    expect(other.assets.filter(({ id }) => ids.has(id))).toEqual([]);
  });
});
