import type { AttachmentId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import { err, ok } from '@eventkit/shared/kernel/result.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordOperation } from '#platform/operations/record-operation.ts';
import { download, openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import { takeTestPhoto } from '#platform/testing/test-photo.ts';
import { newStock, scanOf } from '#platform/testing/test-stock.ts';
import type { AttachmentTransport } from './attachment-transport.ts';
import { createAttachments } from './attachments.ts';
import { ATTACHMENTS_OF_OPERATIONS, readAttachments } from './read-attachments.ts';

let device: TestDevice;
beforeEach(async () => {
  device = await openTestDevice();
  await download(device.replica, newStock({ assetCount: 3 }));
});
afterEach(() => device.close());

const theirs = { id: idOf(7, 50) as AttachmentId, operationId: idOf(8, 1) as OperationId };
const row = {
  ...{ id: theirs.id, operation_id: theirs.operationId, kind: 'photo', media_type: 'image/jpeg' },
  ...{ width: 1600, height: 1200, taken_at: '2026-11-22T10:00:00.000000Z' },
};
const comeDown = (uploadedAt: string | null) =>
  download(device.replica, [{ table: 'attachments', rows: [{ ...row, uploaded_at: uploadedAt }] }]);

async function recordOwn() {
  const taken = [await takeTestPhoto(2), await takeTestPhoto(1)];
  const attachments = taken.map(({ file }) => file);
  const intent = { kind: 'quarantine', asset: scanOf(1), reason: 'rattles', attachments } as const;
  const recorded = await recordOperation(device.capabilities, intent, taken);
  if (!recorded.ok) throw new Error(recorded.error.problem);
  return recorded.value.operation.id;
}

describe('the photos of an operation', () => {
  it('are known at once to the device that took them, before and after the server knows them', async () => {
    const operationId = await recordOwn();
    const shown = async () => (await readAttachments(device.replica, [operationId]))(operationId);
    const own = [1, 2].map((number) => ({ id: idOf(7, number), isHere: true, isUploaded: false }));
    expect(await shown()).toMatchObject(own);
    const rows = [1, 2].map((number) => ({ ...row, id: idOf(7, number), operation_id: operationId }));
    await download(device.replica, [{ table: 'attachments', rows }]);
    expect(await shown()).toMatchObject(own);
  });

  it('are known to others before their bytes have come, and of no other operation', async () => {
    await comeDown(null);
    const attachmentsOf = await readAttachments(device.replica, [theirs.operationId]);
    expect(attachmentsOf(theirs.operationId)).toEqual([
      { id: theirs.id, kind: 'photo', width: 1600, height: 1200, isHere: false, isUploaded: false },
    ]);
    expect(attachmentsOf(idOf(8, 2) as OperationId)).toEqual([]);
  });

  it('are found by indexes', async () => {
    const plan = await device.replica.getAll<{ detail: string }>(
      `EXPLAIN QUERY PLAN ${ATTACHMENTS_OF_OPERATIONS}`,
      ['[]'],
    );
    expect(plan.map(({ detail }) => detail).filter((step) => /^SCAN attachment/.test(step))).toEqual([]);
  });
});

describe('the bytes of a photo', () => {
  let downloads: string[];
  let answer: AttachmentTransport['download'];
  const open = () =>
    createAttachments({
      ...device.capabilities,
      transport: {
        download(id, signal) {
          downloads.push(id);
          return answer(id, signal);
        },
      },
    });
  const read = (id: AttachmentId) => open().read(id, new AbortController().signal);
  beforeEach(() => {
    downloads = [];
    answer = async () => err({ tag: 'unreachable', problem: 'no signal' });
  });

  it('of one’s own come from the device', async () => {
    await recordOwn();
    const found = await read(idOf(7, 1) as AttachmentId);
    expect(found.ok && found.value.type).toBe('image/jpeg');
    expect(downloads).toEqual([]);
  });

  it('of others are fetched once, when wanted, and kept for when there is no signal', async () => {
    await comeDown('2026-11-22T11:00:00.000000Z');
    const { bytes } = await takeTestPhoto(50);
    answer = async () => ok(bytes);
    const first = await read(theirs.id);
    answer = async () => err({ tag: 'unreachable', problem: 'no signal' });
    const second = await read(theirs.id);
    if (!first.ok || !second.ok) throw new Error('not read');
    expect(new Uint8Array(await second.value.arrayBuffer())).toEqual(bytes);
    expect(downloads).toEqual([theirs.id]);
    expect((await readAttachments(device.replica, [theirs.operationId]))(theirs.operationId)).toMatchObject([
      { isHere: true, isUploaded: true },
    ]);
  });

  it('are not to be had without signal, or while they lie on another device', async () => {
    await comeDown(null);
    expect(await read(theirs.id)).toEqual(err('not_uploaded'));
    expect(downloads).toEqual([]);
    await comeDown('2026-11-22T11:00:00.000000Z');
    expect(await read(theirs.id)).toEqual(err('unreachable'));
  });
});
