import { describe, expect, it } from 'vitest';
import type { AttachmentId, StorageLocationId } from '#kernel/ids.ts';
import type { Intent } from '#operations/operation.ts';
import { testId, testInstant } from '#test/test-ids.ts';
import { testOperation } from '#test/test-operation.ts';
import type { AttachedFile } from './attachment.ts';
import { attachmentsOf } from './attachments-of.ts';

const signature = (n: number): AttachedFile => ({ ...file(n), kind: 'signature', mediaType: 'image/png' });
const file = (n: number, byteSize = 1000): AttachedFile => ({
  id: testId<AttachmentId>('attachment', n),
  kind: 'photo',
  mediaType: 'image/jpeg',
  byteSize,
  sha256: 'ab'.repeat(32),
  width: 1600,
  height: 1200,
  takenAt: testInstant(n),
});
const asset = { code: 'A-1', assetId: null, observed: null };
const checkIn = (attachments?: readonly AttachedFile[]): Intent => ({
  kind: 'check_in',
  asset,
  locationId: testId<StorageLocationId>('location', 1),
  disposition: 'damaged',
  note: null,
  ...(attachments && { attachments }),
});

describe('the files of an operation', () => {
  it('[AT1] have rows whatever was said of it, unless it was refused', () => {
    const operation = testOperation(1, { intent: checkIn([file(1), file(2)]) });
    for (const verdict of ['applied', 'superseded', 'conflicted'] as const) {
      expect(attachmentsOf(operation, verdict)).toEqual([
        { ...file(1), operationId: operation.id, uploadedAt: null },
        { ...file(2), operationId: operation.id, uploadedAt: null },
      ]);
    }
    expect(attachmentsOf(operation, 'refused')).toEqual([]);
  });

  it('[AT2] count once, as first named', () => {
    const operation = testOperation(1, { intent: checkIn([file(1), file(1, 2000), file(2)]) });
    expect(attachmentsOf(operation, 'applied').map(({ byteSize }) => byteSize)).toEqual([1000, 1000]);
  });

  it('[AT7] are the signatures of who confirms the list of a truck', () => {
    const confirmed: Intent = {
      kind: 'confirm_truck_pack',
      vehicleId: testId('vehicle', 1),
      eventId: testId('event', 1),
      contents: [],
      leftBehind: [],
      attachments: [signature(1), signature(2)],
    };
    const operation = testOperation(1, { intent: confirmed });
    expect(attachmentsOf(operation, 'applied')).toEqual([
      { ...signature(1), operationId: operation.id, uploadedAt: null },
      { ...signature(2), operationId: operation.id, uploadedAt: null },
    ]);
    expect(attachmentsOf(testOperation(1, { intent: { ...confirmed, attachments: [] } }), 'applied')).toEqual(
      [],
    );
  });

  it('[AT1] are none where the operation names none, as all do that older versions recorded', () => {
    expect(attachmentsOf(testOperation(1, { intent: checkIn() }), 'applied')).toEqual([]);
    expect(
      attachmentsOf(testOperation(1, { intent: { kind: 'release', asset, note: null } }), 'applied'),
    ).toEqual([]);
  });
});
