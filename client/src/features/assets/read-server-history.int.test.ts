import { Code, ConnectError, createClient, createRouterTransport } from '@connectrpc/connect';
import { Disposition } from '@eventkit/proto/gen/eventkit/v1/operation_pb.ts';
import { ScanningService } from '@eventkit/proto/gen/eventkit/v1/scanning_pb.ts';
import type { MovementId } from '@eventkit/shared/kernel/ids.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { places, unit, winter } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { download } from '#platform/testing/test-device.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import { ben } from '#platform/testing/test-stock.ts';
import { readServerHistory } from './read-server-history.ts';

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice();
});
afterEach(() => device.close());

const asset = unit('A-0401').id;
const nineMicros = BigInt(Date.UTC(2026, 10, 22, 9)) * 1000n;

/** The movement of an hour: 1 is the oldest. */
function movement(hour: number, more: object = {}) {
  const happenedAt = nineMicros + BigInt(hour) * 3_600_000_000n;
  return {
    id: `m${hour}`,
    operationId: idOf(40, hour),
    kind: 'check_in',
    effectiveAtMicros: happenedAt,
    receivedAtMicros: happenedAt + 1_000_000n,
    to: { place: { case: 'locationId' as const, value: places.binB42 as string } },
    recordedByName: 'Carla, who left',
    deviceName: 'sold phone',
    ...more,
  };
}

/** A server that gives two movements a page, newest first; the token is how many were given. */
function serverWith(movements: ReturnType<typeof movement>[]) {
  const asked: string[] = [];
  const transport = createRouterTransport(({ service }) =>
    service(ScanningService, {
      listMovements({ assetId, pageToken }) {
        if (assetId !== asset) throw new ConnectError('no such asset', Code.NotFound);
        asked.push(pageToken);
        const from = Number(pageToken);
        const isLast = from + 2 >= movements.length;
        return { movements: movements.slice(from, from + 2), nextPageToken: isLast ? '' : String(from + 2) };
      },
    }),
  );
  return { scanning: createClient(ScanningService, transport), asked };
}

const read = (
  scanning: ReturnType<typeof serverWith>['scanning'],
  { pageToken = '', known = [] as string[], assetId = asset } = {},
) =>
  readServerHistory(
    { scanning, replica: device.replica },
    { assetId, pageToken, knows: (id: MovementId) => known.includes(id) },
    new AbortController().signal,
  );

describe('the history of a thing on the server', () => {
  it('is told in the words of this device, with the names that only the server has', async () => {
    const { scanning } = serverWith([
      movement(2, {
        kind: 'check_out',
        to: { place: { case: 'eventId', value: winter } },
        receivedAtMicros: nineMicros + 10n * 3_600_000_000n,
        overrideReason: 'needed',
      }),
      movement(1, { disposition: Disposition.DAMAGED, note: 'pan belt grinds' }),
    ]);
    const { entries, nextPageToken } = await read(scanning);
    expect(nextPageToken).toBeNull();
    expect(entries).toMatchObject([
      {
        kind: 'check_out',
        placeName: 'Winterleuchten',
        who: 'Carla, who left',
        device: 'sold phone',
        lateMs: 8 * 3_600_000,
        overrideReason: 'needed',
        disposition: null,
      },
      { placeName: 'B4-2', disposition: 'damaged', note: 'pan belt grinds', lateMs: null, isPending: false },
    ]);
  });

  it('goes on to the first page that holds something new, and from there at the next wish', async () => {
    const { scanning, asked } = serverWith([6, 5, 4, 3, 2, 1].map((hour) => movement(hour)));
    const first = await read(scanning, { known: ['m6', 'm5', 'm4'] });
    expect(first.entries.map(({ id }) => id)).toEqual(['m6', 'm5', 'm4', 'm3']);
    const second = await read(scanning, { known: ['m6', 'm5', 'm4'], pageToken: first.nextPageToken ?? '' });
    expect(second).toMatchObject({ entries: [{ id: 'm2' }, { id: 'm1' }], nextPageToken: null });
    expect(asked).toEqual(['', '2', '4']);
  });

  it('comes to its end where this device knows everything', async () => {
    const { scanning } = serverWith([movement(1)]);
    expect(await read(scanning, { known: ['m1'] })).toMatchObject({ nextPageToken: null });
  });

  it('knows what was taken back, leaves out acts it has no words for, and names no place that is not here', async () => {
    const undo = {
      id: `${idOf(41, 1)}:0`,
      operation_id: idOf(41, 1),
      asset_id: asset,
      kind: 'undo',
      effective_at: '2026-11-22T11:00:00.000000Z',
      device_id: idOf(9, 2),
      sequence: 1,
      recorded_by: ben,
      undoes_operation_id: idOf(40, 1),
      received_at: '2026-11-22T11:00:00.000000Z',
    };
    await download(device.replica, [{ table: 'movements', rows: [undo] }]);
    const { scanning } = serverWith([
      movement(2, { kind: 'polished' }),
      movement(1, { to: { place: { case: 'eventId', value: idOf(23, 999) } } }),
    ]);
    const { entries } = await read(scanning);
    expect(entries).toMatchObject([{ id: 'm1', isTakenBack: true, placeName: null }]);
  });

  it('fails as the server does', async () => {
    const { scanning } = serverWith([]);
    await expect(read(scanning, { assetId: unit('J-0002').id })).rejects.toMatchObject({
      code: Code.NotFound,
    });
  });
});
