import type { OperationId, StocktakeId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assignLabel } from '#platform/labels/label-acts.ts';
import { recordOperation } from '#platform/operations/record-operation.ts';
import type { Platform } from '#platform/platform.ts';
import { download, openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { anna, assetIdOf, ben, dock, newStock, scanOf, shelf } from '#platform/testing/test-stock.ts';
import { stillToApprove } from './approve-shown.ts';
import { inOperations, planApproval, thingsOf } from './plan-review.ts';
import { readVariances, type StocktakeReading } from './read-variances.ts';
import { OWN_STANDING_APPROVALS } from './stocktake-queries.ts';
import { recordParts, undosOf } from './use-parts.ts';

const onDock: Place = { kind: 'location', id: dock };
const code = { code: 'X-9', assetId: null, observed: null };
const accept = {
  kind: 'review_variance',
  decision: 'accept',
  quantity: null,
  reason: 'looked twice',
} as const;

let device: TestDevice;
beforeEach(async () => {
  device = await openTestDevice();
});
afterEach(() => device.close());

/** Records as this person, and fails from the so manyth operation on, as where the storage is full. */
function recorder(userId: UserId, until = Number.POSITIVE_INFINITY): Platform['recordOperation'] {
  const { capabilities } = device;
  let count = 0;
  return async (intent) => {
    if (count++ >= until) return { ok: false, error: { tag: 'storage_full', problem: 'no room' } };
    return recordOperation({ ...capabilities, identity: { ...capabilities.identity, userId } }, intent);
  };
}

async function record(intent: Intent, userId: UserId = anna) {
  const recorded = await recorder(userId)(intent);
  if (!recorded.ok) throw new Error(recorded.error.problem);
  expect(recorded.value.decision.verdict).toBe('applied');
  return recorded.value.operation;
}

async function open(): Promise<StocktakeId> {
  const scope = { kind: 'zone', locationIds: [shelf] } as const;
  const { id } = await record({ kind: 'open_stocktake', name: 'Autumn', scope, isBlind: true });
  return id as string as StocktakeId;
}

async function read(id: StocktakeId): Promise<StocktakeReading> {
  const reading = await readVariances(
    device.replica,
    id,
    instantOfMs(device.capabilities.clock.nowMs() + 60_000),
  );
  if (reading === null) throw new Error('no such stocktake');
  return reading;
}

async function acceptAll(id: StocktakeId): Promise<void> {
  const things = thingsOf((await read(id)).variances);
  const done = await recordParts(
    recorder(anna),
    inOperations(things, { stocktakeId: id, ...accept }),
    () => undefined,
  );
  expect(done).toBe(true);
}

const countOf = (status: string) =>
  device.replica
    .get<{ count: number }>('SELECT count(*) AS count FROM assets_now WHERE status = ?', [status])
    .then(({ count }) => count);

describe('more changes than one operation takes', () => {
  const assetCount = 1_100;

  test('[ST16] go out in parts; those that were not recorded come up again, and all can be taken back', async () => {
    await download(device.replica, newStock({ assetCount }));
    const id = await open();
    await record({ kind: 'close_stocktake', stocktakeId: id });
    await acceptAll(id);
    const planned = planApproval(await read(id));
    expect(planned.length).toBeGreaterThan(2);
    expect(planned.flatMap(({ adjustments }) => adjustments)).toHaveLength(assetCount);
    const progress: string[] = [];
    const interrupted = await recordParts(recorder(ben, 2), planned, ({ done, of }) => {
      progress.push(`${done}/${of}`);
    });
    expect([interrupted, progress]).toEqual([
      false,
      planned.slice(0, 3).map((_, done) => `${done}/${planned.length}`),
    ]);
    const half = planned[0]?.adjustments.length ?? 0;
    expect(await countOf('lost')).toBe(2 * half);

    const rest = planApproval(await read(id));
    expect(rest.flatMap(({ adjustments }) => adjustments)).toHaveLength(assetCount - 2 * half);
    expect(await recordParts(recorder(ben), rest, () => undefined)).toBe(true);
    expect(await countOf('lost')).toBe(assetCount);
    expect(planApproval(await read(id))).toEqual([]);

    const standing = async () => {
      const { deviceId } = device.capabilities.identity;
      const rows = await device.replica.getAll<{ id: OperationId }>(OWN_STANDING_APPROVALS, [
        id,
        deviceId,
        ben,
      ]);
      return rows.map((row) => row.id);
    };
    const approvals = await standing();
    expect(approvals).toHaveLength(2 + rest.length);
    expect(await recordParts(recorder(ben, 1), undosOf(approvals), () => undefined)).toBe(false);
    expect(await standing()).toEqual(approvals.slice(1));
    expect(await recordParts(recorder(ben), undosOf(await standing()), () => undefined)).toBe(true);
    expect([await countOf('lost'), await countOf('in_service')]).toEqual([0, assetCount]);
    const after = await read(id);
    expect(after.stocktake.status).toBe('closed');
    expect(planApproval(after).flatMap(({ adjustments }) => adjustments)).toHaveLength(assetCount);
  }, 60_000);
});

describe('what the approver saw', () => {
  const now = () => instantOfMs(device.capabilities.clock.nowMs() + 60_000);
  const approveShown = async (id: StocktakeId, shown: ReturnType<typeof planApproval>) => {
    const due = await stillToApprove(device.replica, id, shown, now());
    expect(await recordParts(recorder(ben), due, () => undefined)).toBe(true);
    return due.flatMap(({ adjustments }) => adjustments).length;
  };

  test('[ST7] is approved once, however often it is said, and without what has changed since', async () => {
    await download(device.replica, newStock({ assetCount: 3 }));
    const id = await open();
    await record({ kind: 'close_stocktake', stocktakeId: id });
    await acceptAll(id);
    const shown = planApproval(await read(id));
    const place: Place = { kind: 'location', id: shelf };
    await record({ kind: 'count_asset', stocktakeId: id, asset: scanOf(2), place, method: 'scan' });
    expect(await approveShown(id, shown)).toBe(2);
    expect(await approveShown(id, shown)).toBe(0);
    expect(await countOf('lost')).toBe(2);
    const facts = await device.replica.getAll(
      "SELECT 1 FROM stocktake_facts_now WHERE kind = 'approve_stocktake'",
    );
    expect(facts).toHaveLength(1);
  });

  test('can be that nothing changes', async () => {
    await download(device.replica, newStock({ assetCount: 0 }));
    const id = await open();
    await record({ kind: 'close_stocktake', stocktakeId: id });
    const shown = planApproval(await read(id));
    expect(shown.map(({ adjustments }) => adjustments)).toEqual([[]]);
    expect(await approveShown(id, shown)).toBe(0);
    expect((await read(id)).stocktake.status).toBe('approved');
    expect(await stillToApprove(device.replica, id, shown, now())).toEqual([]);
  });
});

describe('a code that led nowhere when it was counted', () => {
  beforeEach(() => download(device.replica, newStock({ assetCount: 1 })));
  const countCode = async (id: StocktakeId) =>
    record({ kind: 'count_asset', stocktakeId: id, asset: code, place: onDock, method: 'scan' });
  const assign = async () => {
    const target = { kind: 'asset', id: assetIdOf(1) } as const;
    const given = await assignLabel(
      { replica: device.replica, recordOperation: recorder(anna) },
      'X-9',
      target,
    );
    if (!given.ok || given.value === null) throw new Error('nothing was recorded');
    return given.value.operation.id;
  };
  const told = async (id: StocktakeId) =>
    (await read(id)).variances.map(({ thing, outcome, seen, countedBy, line }) => ({
      thing: thing.kind,
      outcome,
      seen: seen?.id ?? null,
      countedBy,
      decision: line?.decision ?? null,
    }));
  const missing = { thing: 'asset', outcome: 'missing', seen: null, countedBy: null, decision: null };
  const unknown = { thing: 'code', outcome: 'unknown_code', seen: dock, countedBy: anna, decision: null };
  const found = { thing: 'asset', outcome: 'wrong_place', seen: dock, countedBy: anna, decision: null };

  test('[ST17] is a sighting of the thing that it is given to, which is put where it was read', async () => {
    const id = await open();
    const counted = await countCode(id);
    expect(await told(id)).toEqual([unknown, missing]);
    const given = await assign();
    expect(await told(id)).toEqual([found]);
    await record({ kind: 'undo', operationId: given });
    expect(await told(id)).toEqual([unknown, missing]);
    await assign();
    await record({ kind: 'close_stocktake', stocktakeId: id });
    const things = [{ kind: 'asset', assetId: assetIdOf(1) } as const];
    await record({ ...accept, stocktakeId: id, things });
    const [approval] = planApproval(await read(id));
    expect(approval?.adjustments).toMatchObject([{ kind: 'found', place: onDock, asOf: counted.recordedAt }]);
    if (approval) await record(approval, ben);
    const asset = await device.replica.get('SELECT place_id FROM assets_now WHERE id = ?', [assetIdOf(1)]);
    expect(asset).toEqual({ place_id: dock });
    expect((await read(id)).variances.flatMap(({ news }) => news)).toEqual([]);
    expect(planApproval(await read(id))).toEqual([]);
  });

  test('[ST17] makes a review void that took its thing for missing', async () => {
    const id = await open();
    await countCode(id);
    await record({ kind: 'close_stocktake', stocktakeId: id });
    await acceptAll(id);
    expect((await told(id)).map(({ decision }) => decision)).toEqual(['accept', 'accept']);
    await assign();
    expect(await told(id)).toEqual([found]);
    expect(planApproval(await read(id)).flatMap(({ adjustments }) => adjustments)).toEqual([]);
  });

  test('[ST3] [ST17] counts as every other sighting: what was seen later stands, and a recount is of both', async () => {
    const id = await open();
    await countCode(id);
    await assign();
    const place: Place = { kind: 'location', id: shelf };
    await record({ kind: 'count_asset', stocktakeId: id, asset: scanOf(1), place, method: 'scan' });
    expect(await told(id)).toMatchObject([{ outcome: 'found_here', seen: shelf }]);
    await countCode(id);
    expect(await told(id)).toMatchObject([{ outcome: 'wrong_place', seen: dock }]);
    const things = thingsOf((await read(id)).variances);
    expect(things).toEqual([
      { kind: 'asset', assetId: assetIdOf(1) },
      { kind: 'code', code: 'X-9' },
    ]);
    await record({ kind: 'request_recount', stocktakeId: id, things });
    expect((await told(id)).map(({ outcome }) => outcome)).toEqual(['recount']);
  });

  test('is set aside for a reason, and is nothing to review any more', async () => {
    const id = await open();
    await countCode(id);
    const reason = 'a barcode of the maker';
    const things = [{ kind: 'code', code: 'X-9' } as const];
    await record({ ...accept, stocktakeId: id, things, decision: 'leave', reason });
    expect(await told(id)).toMatchObject([{ outcome: 'unknown_code', decision: 'leave' }, missing]);
  });
});
