import type { Intent } from '@eventkit/shared/operations/operation.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unit } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { CODES_OF_ASSET, LABEL_FACTS_OF_ASSET, readLabels } from './read-labels.ts';

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice();
});
afterEach(() => device.close());

const lamp = { kind: 'asset', id: unit('A-0401').id } as const;
const other = { kind: 'asset', id: unit('A-0402').id } as const;

async function record(intent: Intent) {
  device.clock.advance(60_000);
  const recorded = await device.recordOperation(intent);
  if (!recorded.ok) throw new Error(recorded.error.problem);
  return recorded.value.operation;
}

describe('the labels of an asset', () => {
  it('are its own code and what was there from the beginning', async () => {
    expect(await readLabels(device.replica, lamp.id)).toEqual({
      now: [
        { code: 'A-0401', isOwn: true, putOn: null },
        { code: 'QR-77', isOwn: false, putOn: null },
      ],
      history: [],
    });
  });

  it('tell since when and by whom, also after a label was elsewhere', async () => {
    const given = await record({ kind: 'assign_label', code: 'X-9', target: lamp, observed: null });
    expect(await readLabels(device.replica, lamp.id)).toMatchObject({
      now: [
        { isOwn: true },
        { code: 'QR-77' },
        { code: 'X-9', putOn: { who: 'Anna', at: given.recordedAt } },
      ],
    });
    await record({ kind: 'assign_label', code: 'X-9', target: other, observed: lamp });
    const away = await readLabels(device.replica, lamp.id);
    expect(away.now.map(({ code }) => code)).toEqual(['A-0401', 'QR-77']);
    expect(away.history).toMatchObject([
      { code: 'X-9', kind: 'elsewhere', thing: 'A-0402', device: 'Dock 2 phone', isPending: true },
      { code: 'X-9', kind: 'put_on', thing: 'A-0401', who: 'Anna' },
    ]);
  });

  it('are read by index: never all codes or assets', async () => {
    for (const [sql, params] of [
      [CODES_OF_ASSET, [lamp.id, lamp.id]],
      [LABEL_FACTS_OF_ASSET, [lamp.id, lamp.id, lamp.id]],
    ] as const) {
      const plan = await device.replica.getAll<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, [...params]);
      const steps = plan.map(({ detail }) => detail);
      expect(steps.filter((step) => /MATERIALIZE codes|^SCAN (assets|labels)\b/.test(step))).toEqual([]);
    }
  });

  it('keep what was there from the beginning in their history once it is elsewhere', async () => {
    await record({ kind: 'assign_label', code: 'QR-77', target: other, observed: lamp });
    expect(await readLabels(device.replica, lamp.id)).toMatchObject({
      now: [{ code: 'A-0401' }],
      history: [{ code: 'QR-77', kind: 'elsewhere', thing: 'A-0402' }],
    });
  });

  it('are taken off, and back where that is taken back', async () => {
    const off = await record({ kind: 'retire_label', code: 'QR-77', observed: lamp });
    expect((await readLabels(device.replica, lamp.id)).history).toMatchObject([
      { code: 'QR-77', kind: 'taken_off', thing: null, isTakenBack: false },
    ]);
    await record({ kind: 'undo', operationId: off.id });
    expect(await readLabels(device.replica, lamp.id)).toMatchObject({
      now: [{ code: 'A-0401' }, { code: 'QR-77', putOn: null }],
      history: [{ kind: 'taken_off', isTakenBack: true }],
    });
  });
});
