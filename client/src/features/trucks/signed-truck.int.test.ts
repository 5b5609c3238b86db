import type { AttachmentId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import { err, ok } from '@eventkit/shared/kernel/result.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blankSignature, type DrawnSignature } from '#platform/attachments/draw-signature.ts';
import { newDepot, winter } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import { takeTestSignature } from '#platform/testing/test-photo.ts';
import { confirmTruck } from './confirm-truck.ts';
import { readTruck } from './read-truck.ts';
import { takeSignatures } from './take-signatures.ts';
import type { Truck } from './truck-view.ts';

const truckId = idOf(41, 1) as VehicleId;
const fleet = {
  table: 'vehicles',
  rows: [{ id: truckId, code: 'T1', name: 'Truck 1', plate: 'LL-482KT', payload_grams: 5_600_000 }],
};

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice([...newDepot(), fleet]);
});
afterEach(() => device.close());

async function truck(): Promise<Truck> {
  const read = await readTruck(device.replica, truckId, winter);
  if (read === null) throw new Error('the truck is not here');
  return read;
}

async function confirm(...numbers: number[]): Promise<void> {
  const signatures = await Promise.all(numbers.map(takeTestSignature));
  const confirmed = await confirmTruck(device.recordOperation, await truck(), [], signatures);
  if (!confirmed.ok) throw new Error(confirmed.error.problem);
}

describe('a truck that was signed for', () => {
  it('shows each signature beside whoever confirmed with it, the witness too', async () => {
    await confirm(1, 2);
    await confirm(3);
    const shown = (number: number) => ({
      id: idOf(7, number) as AttachmentId,
      kind: 'signature',
      isHere: true,
      isUploaded: false,
    });
    expect((await truck()).confirmation).toMatchObject({
      signatures: [shown(1), shown(2)],
      witnesses: [{ signatures: [shown(3)] }],
    });
    const kept = await device.replica.getAll('SELECT id, state FROM attachment_queue ORDER BY id');
    expect(kept).toEqual([1, 2, 3].map((number) => ({ id: idOf(7, number), state: 'queued_upload' })));
  });

  it('needs none', async () => {
    await confirm();
    expect((await truck()).confirmation).toMatchObject({ signatures: [], witnesses: [] });
    expect((await device.intents())[0]).not.toHaveProperty('attachments');
  });
});

describe('what was signed on the screen', () => {
  const signed = (name: string): DrawnSignature => ({ strokes: [], name });

  it('is taken in its order, without paper that stayed empty', async () => {
    const names: string[] = [];
    const takeSignature = async ({ name }: DrawnSignature) => ok(await takeTestSignature(names.push(name)));
    const taken = await takeSignatures({ takeSignature }, [
      signed('Jana'),
      { ...blankSignature, name: ' ' },
      signed('Emre'),
    ]);
    expect(names).toEqual(['Jana', 'Emre']);
    expect(taken.ok && taken.value.map(({ file }) => file.id)).toEqual([idOf(7, 1), idOf(7, 2)]);
  });

  it('is taken whole or not at all', async () => {
    const takeSignature = async ({ name }: DrawnSignature) =>
      name === 'Emre' ? err('unreadable' as const) : ok(await takeTestSignature(1));
    const taken = await takeSignatures({ takeSignature }, [signed('Jana'), signed('Emre')]);
    expect(taken).toEqual(err('not_signed'));
  });
});
