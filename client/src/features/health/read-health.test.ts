import { create } from '@bufbuild/protobuf';
import {
  DeviceFindingKind,
  ListDeviceHealthResponseSchema,
  ListKeptOperationsResponseSchema,
} from '@eventkit/proto/gen/eventkit/v1/sync_health_pb.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { describe, expect, test } from 'vitest';
import { isUrgent, readHealth } from './read-health.ts';

const nothingKept = create(ListKeptOperationsResponseSchema, {});
const micros = (ms: number) => BigInt(ms) * 1000n;

describe('what is shown of sync health', () => {
  test('is what the server says of each device, absent where it says nothing', () => {
    const response = create(ListDeviceHealthResponseSchema, {
      silentAfterDays: 7,
      devices: [
        {
          deviceId: 'd1',
          name: 'Dock 2',
          registeredByName: 'Jana',
          lastContactAtMicros: micros(1_000),
          queueLength: 3,
          clockOffsetMs: -90_000n,
          isStorageKept: false,
          storages: [
            {
              epoch: 'e2',
              startedAtMicros: micros(500),
              lastSequence: 20n,
              gaps: [
                { from: 4n, to: 7n },
                { from: 12n, to: 12n },
              ],
              missingCount: 5n,
            },
            { epoch: 'e1', lostAtMicros: micros(500), missingCount: 9n },
          ],
          findings: [
            { kind: DeviceFindingKind.STORAGE_LOST, count: 9n, sinceMicros: micros(500) },
            { kind: 99 as DeviceFindingKind },
            { kind: DeviceFindingKind.CLOCK_OFF },
          ],
        },
      ],
    });
    const { devices, silentAfterDays } = readHealth(response, nothingKept);
    expect(silentAfterDays).toBe(7);
    expect(devices).toMatchObject([
      {
        id: 'd1',
        name: 'Dock 2',
        revokedAt: null,
        lastContactAt: instantOfMs(1_000),
        oldestWaitingAt: null,
        clockOffsetMs: -90_000,
        isStorageKept: false,
        storages: [
          { cameCount: 15, missingCount: 5, gaps: '4–7, 12', lostAt: null },
          { cameCount: 0, missingCount: 9, gaps: '', startedAt: null, lostAt: instantOfMs(500) },
        ],
        findings: [
          { kind: 'storage_lost', count: 9, since: instantOfMs(500) },
          { kind: 'clock_off', count: 0, since: null },
        ],
      },
    ]);
    expect(devices[0]?.findings.map(isUrgent)).toEqual([true, false]);
  });

  test('names who did what is kept, or who sent it where nobody can tell', () => {
    const kept = create(ListKeptOperationsResponseSchema, {
      totalCount: 201,
      operations: [
        { id: 'a', sentByName: 'Emre', recordedByName: 'Jana', receivedAtMicros: 5n },
        { id: 'b', sentByName: 'Emre', receivedAtMicros: 5n, retriedAtMicros: 7n },
      ],
    });
    const health = readHealth(create(ListDeviceHealthResponseSchema, {}), kept);
    expect(health.keptCount).toBe(201);
    expect(health.kept.map(({ person }) => person)).toEqual(['Jana', 'Emre']);
    expect(health.kept.map(({ retriedAt }) => retriedAt === null)).toEqual([true, false]);
  });
});
