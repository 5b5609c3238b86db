import { describe, expect, test } from 'vitest';
import { openTestReplica } from '#testing/open-test-replica.ts';
import {
  EVENTS_BY_WORDS,
  type FoundEvent,
  type FoundPiece,
  type FoundProduct,
  PIECES_AT_PLACE,
  PIECES_BY_CODE,
  PIECES_OF_PRODUCT,
  PRODUCTS_BY_WORDS,
  rangeOf,
  wordsOf,
} from './find-queries.ts';
import { searchReplica } from './search-replica.ts';

function openFilled() {
  const replica = openTestReplica();
  replica.put('products', { id: 'mega', name: 'MegaPointe', manufacturer: 'Robe', category: 'light' });
  replica.put('products', { id: 'esprite', name: 'Esprite', manufacturer: 'Robe', category: 'light' });
  replica.put('storage_locations', { id: 'b4', code: 'B4-1', name: 'B4-1', kind: 'shelf' });
  replica.put('events', {
    id: 'e1',
    name: 'Winterleuchten',
    client_name: 'Verein',
    venue: 'Linz',
    status: 'out',
    load_at: '2026',
  });
  const asset = (id: string, code: string, kind: string, place: string) =>
    replica.put('assets', {
      id,
      product_id: 'mega',
      code,
      is_case: 0,
      place_kind: kind,
      place_id: place,
      status: 'in_service',
    });
  asset('a1', 'A-0412', 'location', 'b4');
  asset('a2', 'A-0413', 'event', 'e1');
  asset('a3', 'B-0001', 'case', 'a1');
  replica.put('labels', { id: 'l1', value: 'https://ek.example/x7', asset_id: 'a3' });
  return replica;
}

describe('find', () => {
  test('finds pieces by the beginning of their code, in any case, with where they are', () => {
    using replica = openFilled();
    const find = (text: string) => replica.getAll<FoundPiece>(PIECES_BY_CODE, [...rangeOf(text), text]);
    expect(find(' a-04').map((piece) => [piece.code, piece.productName, piece.placeName])).toEqual([
      ['A-0412', 'MegaPointe', 'B4-1'],
      ['A-0413', 'MegaPointe', 'Winterleuchten'],
    ]);
    expect(find('0412')).toEqual([]);
  });

  test('lists what lies at a place, and not what is elsewhere', () => {
    using replica = openFilled();
    const at = (place: string) => replica.getAll<FoundPiece>(PIECES_AT_PLACE, [place]);
    expect(at('b4').map(({ code, placeName }) => [code, placeName])).toEqual([['A-0412', 'B4-1']]);
    expect(at('nowhere')).toEqual([]);
  });

  test('finds a piece by what any of its labels says', () => {
    using replica = openFilled();
    const text = 'https://ek.example/x7';
    const [piece] = replica.getAll<FoundPiece>(PIECES_BY_CODE, [...rangeOf(text), text]);
    expect([piece?.code, piece?.placeName]).toEqual(['B-0001', 'A-0412']);
  });

  test('finds products and events that have every word', () => {
    using replica = openFilled();
    const products = replica.getAll<FoundProduct>(PRODUCTS_BY_WORDS, [wordsOf('robe  MEGA')]);
    expect(products.map((product) => product.name)).toEqual(['MegaPointe']);
    const events = replica.getAll<FoundEvent>(EVENTS_BY_WORDS, [wordsOf('linz winter')]);
    expect(events.map((event) => event.id)).toEqual(['e1']);
  });

  test('a percent sign is a character like any other', () => {
    using replica = openFilled();
    expect(replica.getAll<FoundProduct>(PRODUCTS_BY_WORDS, [wordsOf('%')])).toEqual([]);
  });

  test('looks codes and products up by their index', () => {
    using replica = openFilled();
    const plan = replica.planOf(PIECES_BY_CODE, ['A', 'B', 'A']).join('\n');
    expect(plan).toContain('assets_by_code');
    expect(plan).not.toMatch(/SCAN assets\b/);
    expect(replica.planOf(PIECES_OF_PRODUCT, ['mega']).join('\n')).not.toMatch(/SCAN assets\b/);
  });

  test('a few of everything for one text; a code alone asks for nothing else', async () => {
    using replica = openFilled();
    const reader = {
      getAll: async <Row>(sql: string, params?: unknown[]) => replica.getAll<Row>(sql, params as never),
    };
    const search = (text: string, isCode = false) => searchReplica(reader, text, { isCode, nowMs: () => 0 });
    const mega = await search('robe mega');
    expect(mega.products.map(({ name }) => name)).toEqual(['MegaPointe']);
    expect(mega.pieces.map(({ code }) => code).toSorted()).toEqual(['A-0412', 'A-0413', 'B-0001']);
    expect(mega.events).toEqual([]);
    const b = await search('b');
    expect(b.pieces.map(({ code }) => code)).toEqual(['B-0001']);
    expect(b.places.map(({ code }) => code)).toEqual(['B4-1']);
    expect((await search('linz')).events.map(({ name }) => name)).toEqual(['Winterleuchten']);
    const code = await search('mega', true);
    expect([code.products, code.pieces, code.events]).toEqual([[], [], []]);
  });
});
