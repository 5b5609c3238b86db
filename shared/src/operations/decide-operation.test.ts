import { describe, expect, it } from 'vitest';
import type { EventId, StorageLocationId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';
import { codeOf } from '#test/arbitrary-operations.ts';
import {
  backToDock,
  case1,
  case2,
  dimmer,
  dock,
  fair,
  gala,
  inStock,
  lamp,
  nowhere,
  scanned,
  shelf,
  start,
  toFair,
  toGala,
} from '#test/one-by-one.ts';
import { testId, testInstant } from '#test/test-ids.ts';
import { testOperation } from '#test/test-operation.ts';
import { decideOperation } from './decide-operation.ts';
import type { Intent, ScannedAsset } from './operation.ts';
import { readsOf } from './reads-of.ts';

describe('what is refused', () => {
  it('[OP2] an event or a location that is not there', () => {
    const { decide } = start();
    const event = testId<EventId>('event', 99);
    const location = testId<StorageLocationId>('location', 99);
    expect(decide({ ...toGala, eventId: event })).toMatchObject({
      verdict: 'refused',
      reason: 'unknown_event',
      effects: { assets: [], movements: [], conflicts: [] },
    });
    for (const intent of [
      { ...backToDock, locationId: location },
      { kind: 'move', asset: scanned(lamp), locationId: location },
    ] satisfies Intent[]) {
      expect(decide(intent)).toMatchObject({ verdict: 'refused', reason: 'unknown_location' });
    }
  });

  it('[OP2] an unpack that does not say where the things are', () => {
    const { decide } = start();
    const unpack: Intent = {
      kind: 'unpack',
      caseId: case1,
      members: [scanned(lamp)],
      locationId: null,
      casePlace: null,
    };
    expect(decide(unpack)).toMatchObject({ verdict: 'refused', reason: 'unknown_location' });
    const elsewhere: Place = { kind: 'event', id: testId<EventId>('event', 99) };
    expect(decide({ ...unpack, casePlace: elsewhere })).toMatchObject({ reason: 'unknown_event' });
  });

  it.each([
    ['no case', lamp],
    ['not there', nowhere],
  ])('[OP3] packing and unpacking what is %s', (_, caseId) => {
    const { decide } = start();
    const members = [scanned(dimmer)];
    expect(decide({ kind: 'pack', caseId, members })).toMatchObject({
      verdict: 'refused',
      reason: 'not_a_case',
    });
    expect(decide({ kind: 'unpack', caseId, members, locationId: shelf, casePlace: null })).toMatchObject({
      verdict: 'refused',
      reason: 'not_a_case',
    });
  });
});

describe('codes', () => {
  it('[OP4] a code that the device did not know is looked up among the labels', () => {
    const { decide, placeOf } = start();
    const asset: ScannedAsset = { code: codeOf(lamp), assetId: null, observed: null };
    expect(readsOf(testOperation(1, { intent: { ...toGala, asset } }))).toMatchObject({
      assetIds: [],
      codes: [codeOf(lamp)],
    });
    expect(decide({ ...toGala, asset }).verdict).toBe('applied');
    expect(placeOf(lamp)).toEqual({ kind: 'event', id: gala });
  });

  it.each([
    ['no label', null],
    ['an asset that this tenant does not have', nowhere],
  ])('[OP4] %s: the code is kept to be assigned', (_, assetId) => {
    const { decide, ledger } = start();
    const asset: ScannedAsset = { code: 'B-77', assetId, observed: null };
    const decision = decide({ ...toGala, asset });
    expect(decision).toMatchObject({ verdict: 'conflicted', reason: 'unknown_code' });
    const id = `${testOperation(1, { intent: toGala }).id}:0`;
    expect(decision.effects).toMatchObject({ assets: [], movements: [{ id, assetId: null }] });
    expect([...ledger.waitingMovements.keys()]).toEqual([id]);
    expect(ledger.subjectsByKey.get('labels:B-77')?.conflicts).toMatchObject([
      {
        id: `unknown_code:${id}`,
        class: 'unknown_code',
        status: 'open',
        code: 'B-77',
        eventId: gala,
      },
    ]);
  });

  it('[OP4] [OP5] one unknown member: nothing is packed', () => {
    const { decide, placeOf } = start();
    const unknown: ScannedAsset = { code: 'B-77', assetId: null, observed: null };
    const decision = decide({ kind: 'pack', caseId: case1, members: [scanned(lamp), unknown] });
    expect(decision.reason).toBe('unknown_code');
    expect(placeOf(lamp)).toEqual(inStock);
  });
});

describe('effects', () => {
  it('[OP5] a movement carries who, when, where, and what the device saw', () => {
    const { decide } = start();
    const { effects } = decide({
      ...backToDock,
      disposition: 'damaged',
      note: 'dented',
      asset: scanned(lamp),
    });
    expect(effects.movements).toEqual([
      {
        id: `${testId('operation', 1)}:0`,
        operationId: testId('operation', 1),
        assetId: lamp,
        code: 'A-1',
        namedAssetId: lamp,
        kind: 'check_in',
        effectiveAt: testInstant(1),
        deviceId: testId('device', 1),
        sequence: 1,
        recordedBy: testId('user', 1),
        to: { kind: 'location', id: dock },
        disposition: 'damaged',
        observed: { place: inStock, status: 'in_service' },
        overrideReason: null,
        eventId: null,
        outcome: null,
        inspectionDueAt: null,
        contents: null,
        undoesOperationId: null,
        note: 'dented',
        receivedAt: testInstant(1_000),
      },
    ]);
    expect(effects.assets).toMatchObject([
      { id: lamp, state: { status: 'quarantined', condition: 'damaged' } },
    ]);
  });

  it('[OP5] every member goes in, one that is named twice once', () => {
    const { decide, placeOf } = start();
    const members = [scanned(lamp), scanned(dimmer), { ...scanned(lamp, null), assetId: null }];
    const { movements } = decide({ kind: 'pack', caseId: case1, members }).effects;
    expect(movements.map(({ observed }) => observed?.place)).toEqual([inStock, inStock]);
    expect([lamp, dimmer].map(placeOf)).toEqual([
      { kind: 'case', id: case1 },
      { kind: 'case', id: case1 },
    ]);
  });

  it('[OP5] things that are unpacked without a location lie where the case was believed to be', () => {
    const { decide, placeOf } = start();
    decide({ kind: 'pack', caseId: case1, members: [scanned(lamp)] });
    decide({
      kind: 'unpack',
      caseId: case1,
      members: [scanned(lamp)],
      locationId: null,
      casePlace: { kind: 'event', id: gala },
    });
    expect(placeOf(lamp)).toEqual({ kind: 'event', id: gala });
  });

  it('[OP6] a late fact about one case takes the nesting of another', () => {
    const { decide, placeOf } = start();
    decide({ kind: 'pack', caseId: case1, members: [scanned(case2)] }, { recordedAt: testInstant(20) });
    const late = decide(
      { kind: 'pack', caseId: case2, members: [scanned(case1)] },
      { recordedAt: testInstant(10), deviceId: testId('device', 2) },
    );
    expect(late).toMatchObject({ verdict: 'conflicted', reason: 'conflict_open' });
    expect(placeOf(case1)).toEqual({ kind: 'case', id: case2 });
    expect(placeOf(case2)).toEqual(inStock);
  });

  it('[OP11] leaves the working set as it is', () => {
    const { ledger } = start();
    const before = structuredClone(ledger);
    decideOperation(testOperation(1, { intent: toGala }), ledger, {
      effectiveAt: testInstant(1),
      receivedAt: null,
    });
    expect(ledger).toEqual(before);
  });
});

describe('verdicts', () => {
  it('[OP7] conflicted while the conflict is open, with the newest fact standing', () => {
    const { decide, placeOf } = start();
    expect(decide(toGala)).toMatchObject({ verdict: 'applied', reason: null });
    expect(decide(toFair)).toMatchObject({ verdict: 'conflicted', reason: 'conflict_open' });
    expect(placeOf(lamp)).toEqual({ kind: 'event', id: fair });
  });

  it('[OP7] [OP9] a conflict that later facts have settled already opens nothing', () => {
    const { decide, ledger } = start();
    decide(toGala);
    decide(backToDock, { recordedAt: testInstant(10) });
    expect(decide(toFair, { recordedAt: testInstant(5) })).toMatchObject({
      verdict: 'superseded',
      reason: 'newer_fact_stands',
    });
    expect(ledger.conflictsByAssetId.get(lamp)).toMatchObject([{ status: 'settled' }]);
  });

  it('[OP8] a late fact that still says something new is applied', () => {
    const { decide, ledger } = start();
    decide({ kind: 'move', asset: scanned(lamp), locationId: dock }, { recordedAt: testInstant(10) });
    const late = decide({ ...backToDock, disposition: 'damaged' }, { recordedAt: testInstant(5) });
    expect(late.verdict).toBe('applied');
    expect(ledger.assetsById.get(lamp)?.state.status).toBe('quarantined');
  });

  it('[OP9] scanned a second time by somebody else: already there', () => {
    const { decide } = start();
    decide(toGala);
    expect(decide(toGala, { deviceId: testId('device', 2) })).toMatchObject({
      verdict: 'superseded',
      reason: 'already_there',
    });
  });

  it('[OP9] told late: a newer fact stands', () => {
    const { decide, placeOf } = start();
    decide(backToDock, { recordedAt: testInstant(10) });
    expect(decide(toGala, { recordedAt: testInstant(5) })).toMatchObject({
      verdict: 'superseded',
      reason: 'newer_fact_stands',
    });
    expect(placeOf(lamp)).toEqual({ kind: 'location', id: dock });
  });
});
