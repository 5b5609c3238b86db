import { err } from '@eventkit/shared/kernel/result.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cases, places, unit } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { packScanned } from './pack-scanned.ts';
import type { OpenCase, PackingReport } from './packing-detail.ts';
import { readPackedThings } from './read-packed-things.ts';
import { unpackThing } from './unpack-thing.ts';

const c031: OpenCase = { id: cases.c031, code: 'C-031', productName: 'Flight case, 4 heads' };
const c040: OpenCase = { id: cases.c040, code: 'C-040', productName: 'Flight case, 4 heads' };

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice();
});
afterEach(() => device.close());

async function scan(code: string, openCase: OpenCase | null, nests = false) {
  const answer = await packScanned(device, { openCase, nests }, { code, assetId: null });
  if (!answer.ok) throw new Error(answer.error.problem);
  return answer.value;
}

async function report(code: string, openCase: OpenCase | null, nests = false): Promise<PackingReport> {
  const answer = await scan(code, openCase, nests);
  if (answer.kind !== 'report') throw new Error('a case was opened');
  return answer.report;
}

describe('packing a case', () => {
  it('opens the case that is scanned, also while another is open', async () => {
    expect(await scan('C-031', null)).toMatchObject({ kind: 'case', openCase: { code: 'C-031' } });
    expect(await scan('C-040', c031)).toMatchObject({ kind: 'case', openCase: { code: 'C-040' } });
    expect(await device.intents()).toEqual([]);
  });

  it('packs each thing by an operation of its own, safe at its beep', async () => {
    expect(await report('A-0401', c031)).toMatchObject({
      outcome: 'ok',
      detail: { kind: 'packed', caseCode: 'C-031', contentCount: 5, from: { code: 'B4-2' } },
    });
    expect(await device.intents()).toMatchObject([
      { kind: 'pack', caseId: cases.c031, members: [{ assetId: unit('A-0401').id }] },
    ]);
    expect((await readPackedThings(device.replica, cases.c031)).map(({ code }) => code)).toEqual([
      'A-0401',
      'J-0001',
      'J-0002',
      'J-0003',
      'J-0004',
    ]);
  });

  it('says already, blocked, on an event, unknown', async () => {
    expect(await report('J-0001', c031)).toMatchObject({ outcome: 'already', operationId: null });
    expect(await report('M-0031', c031)).toMatchObject({
      outcome: 'blocked',
      detail: { why: 'quarantined' },
    });
    expect(await report('A-0405', c031)).toMatchObject({
      outcome: 'wrong_event',
      detail: { kind: 'on_event', from: { name: 'Alpina' } },
    });
    expect(await report('NO-SUCH', c031)).toMatchObject({ outcome: 'unknown', detail: { kind: 'no_label' } });
    expect(await report('z'.repeat(10_240), c031)).toMatchObject({ detail: { kind: 'not_a_code' } });
    expect(await report('B4-2', c031)).toMatchObject({ detail: { kind: 'place_label' } });
  });

  it('asks for the case first and records nothing before', async () => {
    expect(await report('A-0401', null)).toMatchObject({ outcome: 'unknown', detail: { kind: 'no_case' } });
    expect(await device.intents()).toEqual([]);
  });

  it('nests a case when told to, but never in itself', async () => {
    expect(await report('C-031', c040, true)).toMatchObject({ outcome: 'ok', detail: { caseCode: 'C-040' } });
    expect(await report('C-040', c031, true)).toMatchObject({
      outcome: 'blocked',
      detail: { why: 'case_in_itself' },
    });
  });

  it('takes one thing out, which then lies where the case is', async () => {
    await unpackThing(device, cases.c031, unit('J-0002').id);
    const row = await device.replica.get('SELECT place_kind, place_id FROM assets_now WHERE id = ?', [
      unit('J-0002').id,
    ]);
    expect(row).toEqual({ place_kind: 'location', place_id: places.binB41 });
  });

  it('says nothing was recorded when storage is full', async () => {
    const full = { tag: 'storage_full', problem: 'database or disk is full' } as const;
    const answer = await packScanned(
      { replica: device.replica, recordOperation: async () => err(full) },
      { openCase: c031, nests: false },
      { code: 'A-0401', assetId: null },
    );
    expect(answer).toEqual(err(full));
  });
});
