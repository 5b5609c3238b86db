import { describe, expect, it } from 'vitest';
import type {
  AssetId,
  EventId,
  ProductId,
  PullListLineId,
  StorageLocationId,
  VehicleId,
} from '#kernel/ids.ts';
import type { AssetState, Place } from '#ledger/asset-state.ts';
import { stateAt } from '#ledger/asset-track.ts';
import { testId, testInstant } from '#test/test-ids.ts';
import type { EffectivePlace } from './effective-place.ts';
import { judgeScan } from './judge-scan.ts';
import type { LineTally, ScanMode, ScanSubject } from './scan-judgement.ts';

const gala = testId<EventId>('event', 1);
const fair = testId<EventId>('event', 2);
const shelf: Place = { kind: 'location', id: testId<StorageLocationId>('location', 1) };
const dock: Place = { kind: 'location', id: testId<StorageLocationId>('location', 2) };
const atGala: Place = { kind: 'event', id: gala };
const atFair: Place = { kind: 'event', id: fair };
const case1 = testId<AssetId>('case', 1);
const case2 = testId<AssetId>('case', 2);
const inCase1: Place = { kind: 'case', id: case1 };
const lamp = testId<ProductId>('product', 1);
const dimmer = testId<ProductId>('product', 2);

const line = (n: number, productId: ProductId, wantedCount: number, outCount: number): LineTally => ({
  lineId: testId<PullListLineId>('line', n),
  productId,
  wantedCount,
  outCount,
});

const nowhere: EffectivePlace = { place: null, eventId: null, caseIds: [] };

function at(place: Place, eventId = stateAt(place).eventId): EffectivePlace {
  return place.kind === 'case' ? nowhere : { place, eventId, caseIds: [] };
}

function checkOut(
  lines: LineTally[] = [line(1, lamp, 2, 1)],
  overrideReason: string | null = null,
): ScanMode {
  return { kind: 'check_out', eventId: gala, lines, overrideReason };
}
const checkIn: ScanMode = { kind: 'check_in', locationId: shelf.id as StorageLocationId, disposition: 'ok' };
const pack: ScanMode = { kind: 'pack', caseId: case1, caseAt: at(dock) };

function subject(
  place: Place,
  more: Partial<ScanSubject> = {},
  state: Partial<AssetState> = {},
): ScanSubject {
  return {
    asset: {
      id: testId('asset', 1),
      productId: lamp,
      isCase: false,
      state: { ...stateAt(place), ...state },
    },
    at: place.kind === 'case' ? nowhere : at(place),
    isInspectionOverdue: false,
    contentProductIds: [],
    lastFact: { recordedBy: testId('user', 1), effectiveAt: testInstant(1) },
    ...more,
  };
}

function caseWith(contentProductIds: ProductId[]): ScanSubject {
  const { asset, ...rest } = subject(dock, { contentProductIds });
  return { ...rest, asset: { ...asset, id: case1, productId: testId('product', 9), isCase: true } };
}

describe('a check-out', () => {
  it('[SC12] fills the first line with room', () => {
    const lines = [line(1, lamp, 2, 2), line(2, lamp, 2, 1)];
    expect(judgeScan(checkOut(lines), subject(dock))).toEqual({
      outcome: 'ok',
      isRecorded: true,
      lineId: testId('line', 2),
      isFound: false,
      from: dock,
    });
  });

  it('[SC4] [SC5] unknown is recorded, already is not and says by whom', () => {
    expect(judgeScan(checkOut(), null)).toEqual({ outcome: 'unknown', isRecorded: true });
    const already = {
      outcome: 'already',
      isRecorded: false,
      by: testId('user', 1),
      at: testInstant(1),
    };
    expect(judgeScan(checkOut(), subject(atGala))).toEqual(already);
    const insideCase = subject(inCase1, { at: { ...at(atGala), caseIds: [case1] }, lastFact: null });
    expect(judgeScan(checkOut(), insideCase)).toEqual({ ...already, by: null, at: null });
  });

  it.each(['quarantined', 'in_repair', 'retired'] as const)(
    '[SC6] %s is blocked until there is a reason',
    (status) => {
      expect(judgeScan(checkOut(), subject(dock, {}, { status }))).toEqual({
        outcome: 'blocked',
        isRecorded: false,
        why: status,
        canOverride: true,
      });
      const withReason = checkOut([line(1, lamp, 2, 1)], 'no other left');
      expect(judgeScan(withReason, subject(dock, {}, { status })).outcome).toBe('ok');
    },
  );

  it('[SC7] lost is found', () => {
    expect(judgeScan(checkOut(), subject(dock, {}, { status: 'lost' }))).toMatchObject({
      outcome: 'ok',
      isFound: true,
    });
  });

  it('[SC8] out at another event, directly or in a case', () => {
    const wrong = { outcome: 'wrong_event', isRecorded: true, otherEventId: fair, surplus: [] };
    expect(judgeScan(checkOut(), subject(atFair))).toEqual(wrong);
    const insideCase = subject(inCase1, { at: { ...at(atFair), caseIds: [case1] } });
    expect(judgeScan(checkOut(), insideCase)).toEqual(wrong);
  });

  it('[SC8] on no line, or on full lines only', () => {
    expect(judgeScan(checkOut([line(1, dimmer, 2, 0)]), subject(dock))).toMatchObject({
      outcome: 'wrong_event',
      otherEventId: null,
      surplus: [{ productId: lamp, why: 'not_on_list' }],
    });
    expect(judgeScan(checkOut([line(1, lamp, 2, 3)]), subject(dock))).toMatchObject({
      outcome: 'wrong_event',
      surplus: [{ productId: lamp, why: 'line_full' }],
    });
  });

  it('[SC9] a case is its contents', () => {
    const lines = [line(1, lamp, 2, 0), line(2, dimmer, 1, 1)];
    expect(judgeScan(checkOut(lines), caseWith([lamp, lamp]))).toMatchObject({
      outcome: 'ok',
      lineId: testId('line', 1),
    });
    expect(judgeScan(checkOut(lines), caseWith([]))).toMatchObject({ outcome: 'ok', lineId: null });
    expect(judgeScan(checkOut(lines), caseWith([lamp, lamp, lamp, dimmer]))).toMatchObject({
      outcome: 'wrong_event',
      surplus: [
        { productId: lamp, why: 'line_full' },
        { productId: dimmer, why: 'line_full' },
      ],
    });
  });

  it('[SC9] a case that is itself on the list fills its line', () => {
    const lines = [line(1, lamp, 1, 0), line(2, testId('product', 9), 1, 0)];
    expect(judgeScan(checkOut(lines), caseWith([lamp]))).toMatchObject({
      outcome: 'ok',
      lineId: testId('line', 2),
    });
    const full = [line(1, testId('product', 9), 1, 1)];
    expect(judgeScan(checkOut(full), caseWith([])).outcome).toBe('wrong_event');
  });
});

describe('a check-in', () => {
  it('[SC12] is ok from anywhere, and for what is blocked', () => {
    expect(judgeScan(checkIn, subject(atGala))).toMatchObject({ outcome: 'ok', from: atGala });
    expect(judgeScan(checkIn, subject(dock, {}, { status: 'quarantined' })).outcome).toBe('ok');
  });

  it('[SC5] already only where it lies there, is not lost and nothing else is said', () => {
    expect(judgeScan(checkIn, subject(shelf)).outcome).toBe('already');
    expect(judgeScan(checkIn, subject(shelf, {}, { status: 'lost' }))).toMatchObject({
      outcome: 'ok',
      isFound: true,
    });
    expect(judgeScan({ ...checkIn, disposition: 'damaged' }, subject(shelf)).outcome).toBe('ok');
  });

  it('[SC4] unknown is recorded', () => {
    expect(judgeScan(checkIn, null)).toEqual({ outcome: 'unknown', isRecorded: true });
  });
});

describe('a pack', () => {
  it('[SC12] takes things out of stock and out of other cases', () => {
    expect(judgeScan(pack, subject(shelf)).outcome).toBe('ok');
    const inCase2: Place = { kind: 'case', id: case2 };
    expect(judgeScan(pack, subject(inCase2))).toMatchObject({ outcome: 'ok', from: inCase2 });
  });

  it('[SC4] [SC5] unknown is recorded, already is not', () => {
    expect(judgeScan(pack, null).outcome).toBe('unknown');
    expect(judgeScan(pack, subject(inCase1)).outcome).toBe('already');
  });

  it('[SC6] blocked, and no reason helps', () => {
    expect(judgeScan(pack, subject(dock, {}, { status: 'quarantined' }))).toMatchObject({
      outcome: 'blocked',
      canOverride: false,
    });
  });

  it('[SC10] out at an event where the case is not', () => {
    expect(judgeScan(pack, subject(atFair))).toMatchObject({
      outcome: 'wrong_event',
      otherEventId: fair,
    });
    const caseAtFair: ScanMode = { ...pack, caseAt: at(atFair) };
    expect(judgeScan(caseAtFair, subject(atFair)).outcome).toBe('ok');
  });

  it('[SC11] a case not into itself, nor into one that it holds', () => {
    const blocked = { outcome: 'blocked', isRecorded: false, why: 'case_in_itself', canOverride: false };
    expect(judgeScan(pack, caseWith([]))).toEqual(blocked);
    const heldByScanned: ScanMode = {
      kind: 'pack',
      caseId: case2,
      caseAt: { ...at(dock), caseIds: [case1] },
    };
    expect(judgeScan(heldByScanned, caseWith([]))).toEqual(blocked);
  });
});

describe('a load', () => {
  const truck: Place = { kind: 'vehicle', id: testId<VehicleId>('vehicle', 1) };
  const load = (eventId: EventId | null, lines = [line(1, lamp, 2, 1)]): ScanMode => ({
    kind: 'load',
    vehicleId: testId<VehicleId>('vehicle', 1),
    eventId,
    lines,
    overrideReason: null,
  });
  const onTruck = subject(truck, { at: at(truck, gala) });

  it('[SC13] [SC5] what is on that vehicle for that event is there already, also for a check-out', () => {
    expect(judgeScan(load(gala), onTruck).outcome).toBe('already');
    expect(judgeScan(checkOut(), onTruck).outcome).toBe('already');
    expect(judgeScan(load(fair), onTruck)).toMatchObject({ outcome: 'wrong_event', otherEventId: gala });
  });

  it('[SC13] what takes out fills the list, what was out already or rides for none does not', () => {
    expect(judgeScan(load(gala), subject(dock))).toMatchObject({ outcome: 'ok', lineId: testId('line', 1) });
    expect(judgeScan(load(gala, []), subject(dock)).outcome).toBe('wrong_event');
    expect(judgeScan(load(gala, []), subject(atGala)).outcome).toBe('ok');
    expect(judgeScan(load(null, []), subject(dock)).outcome).toBe('ok');
  });

  it('[SC13] [SC6] what is blocked is held where it would go out, and rides along for none', () => {
    const overdue = subject(dock, { isInspectionOverdue: true });
    expect(judgeScan(load(gala), overdue)).toMatchObject({ outcome: 'blocked', why: 'inspection_overdue' });
    expect(judgeScan(checkOut(), overdue)).toMatchObject({ outcome: 'blocked', why: 'inspection_overdue' });
    expect(judgeScan(load(null), overdue).outcome).toBe('ok');
  });
});

describe('an unload', () => {
  const truck: Place = { kind: 'vehicle', id: testId<VehicleId>('vehicle', 1) };
  const onTruck = subject(truck, { at: at(truck, gala) });

  it('[SC14] is ok at its event and at home, wrong at another event, already where it lies', () => {
    expect(judgeScan({ kind: 'unload', place: atGala }, onTruck).outcome).toBe('ok');
    expect(judgeScan({ kind: 'unload', place: dock }, onTruck).outcome).toBe('ok');
    expect(judgeScan({ kind: 'unload', place: atFair }, onTruck)).toMatchObject({
      outcome: 'wrong_event',
      otherEventId: gala,
    });
    expect(judgeScan({ kind: 'unload', place: dock }, subject(dock)).outcome).toBe('already');
    expect(judgeScan({ kind: 'unload', place: dock }, subject(dock, {}, { status: 'lost' })).outcome).toBe(
      'ok',
    );
  });
});
