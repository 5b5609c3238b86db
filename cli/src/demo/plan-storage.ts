import type { StorageLocationRow } from './demo-rows.ts';
import type { Stock } from './plan-stock.ts';
import type { RoomLetter } from './stock-list.ts';

export type StoragePlan = {
  readonly locations: readonly StorageLocationRow[];
  /** Where the n-th piece of a product belongs. */
  shelfOf(stock: Stock, index: number): StorageLocationRow;
  /** Throws for a code that was not planned. */
  locationOf(code: string): StorageLocationRow;
};

export type DepotNames = {
  readonly code: string;
  readonly name: string;
  readonly dockCount: number;
};

const PIECES_PER_SHELF = 60;

const roomNames: Readonly<Record<RoomLetter, string>> = {
  A: 'Halle A, Licht',
  B: 'Halle B, Bewegtlicht',
  S: 'Halle S, Ton',
  R: 'Halle R, Rigging und Bühne',
  P: 'Halle P, Strom',
  K: 'Kabelraum',
  V: 'Medienraum',
  C: 'Case-Halle',
};

/** Depot, rooms, shelves, workshop and docks: as many shelves as the pieces need. */
export function planStorage(newId: () => string, depot: DepotNames, stocks: readonly Stock[]): StoragePlan {
  const places = assignShelves(stocks);
  const locations: StorageLocationRow[] = [];
  const add = (kind: StorageLocationRow['kind'], code: string, name: string, parent: string | null) => {
    const row = { id: newId(), parent_id: parent, kind, code, name };
    locations.push(row);
    return row.id;
  };
  const depotId = add('depot', depot.code, depot.name, null);
  for (const [letter, shelfCount] of places.shelfCountsByRoom) {
    const roomId = add('room', letter, roomNames[letter], depotId);
    for (let i = 0; i < shelfCount; i += 1) {
      const code = shelfCode(letter, i);
      add('shelf', code, `Regal ${code.replace('-', ', Fach ')}`, roomId);
    }
  }
  const workshopId = add('room', 'W', 'Werkstatt', depotId);
  add('shelf', 'Q1', 'Sperrlager', workshopId);
  for (let i = 1; i <= depot.dockCount; i += 1) add('dock', `D${i}`, `Dock ${i}`, depotId);

  const locationsByCode = new Map(locations.map((location) => [location.code, location]));
  const locationOf = (code: string) => {
    const found = locationsByCode.get(code);
    if (found === undefined) throw new Error(`no storage location ${code}`);
    return found;
  };
  return { locations, locationOf, shelfOf: (stock, index) => locationOf(places.shelfOf(stock, index)) };
}

type Places = {
  readonly shelfCountsByRoom: ReadonlyMap<RoomLetter, number>;
  shelfOf(stock: Stock, index: number): string;
};

/** The first shelf may be set; what does not fit there, and everything else, takes the next free ones of its room. */
function assignShelves(stocks: readonly Stock[]): Places {
  const taken = new Set(stocks.flatMap(({ shelf }) => (shelf === null ? [] : [shelf])));
  const nextByRoom = new Map<RoomLetter, number>();
  const shelvesByProduct = new Map<string, string[]>();
  const nextFree = (room: RoomLetter) => {
    let index = nextByRoom.get(room) ?? 0;
    while (taken.has(shelfCode(room, index))) index += 1;
    nextByRoom.set(room, index + 1);
    return shelfCode(room, index);
  };
  for (const { product, quantity, room, shelf } of stocks) {
    const needed = Math.ceil(quantity / PIECES_PER_SHELF);
    const shelves = Array.from({ length: needed }, (_, i) =>
      i === 0 && shelf !== null ? shelf : nextFree(room),
    );
    shelvesByProduct.set(product.id, shelves);
  }
  const rooms = (Object.keys(roomNames) as RoomLetter[]).filter((room) =>
    stocks.some((one) => one.room === room),
  );
  return {
    // Whole racks, and a few empty places at the end of each room.
    shelfCountsByRoom: new Map(
      rooms.map((room) => {
        const used = Math.max(nextByRoom.get(room) ?? 0, FEWEST_SHELVES);
        return [room, Math.ceil((used + 2) / placesPerRack(room)) * placesPerRack(room)];
      }),
    ),
    shelfOf: ({ product }, index) => {
      const shelf = shelvesByProduct.get(product.id)?.[Math.floor(index / PIECES_PER_SHELF)];
      if (shelf === undefined) throw new Error(`no shelf for piece ${index} of ${product.name}`);
      return shelf;
    },
  };
}

/** Enough for the shelves that the stock list names. */
const FEWEST_SHELVES = 14;

function placesPerRack(room: RoomLetter): number {
  return room === 'K' ? 12 : 4;
}

/** B4-2 is the second level of rack 4 in hall B; K1-07 the seventh hook of wall 1 in the cable room. */
function shelfCode(room: RoomLetter, index: number): string {
  const rack = 1 + Math.floor(index / placesPerRack(room));
  const place = 1 + (index % placesPerRack(room));
  return room === 'K' ? `K${rack}-${String(place).padStart(2, '0')}` : `${room}${rack}-${place}`;
}
