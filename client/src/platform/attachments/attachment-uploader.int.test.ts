import type { AttachmentId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { err, ok } from '@eventkit/shared/kernel/result.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordOperation } from '#platform/operations/record-operation.ts';
import { createManualTimers, type ManualTimers } from '#platform/testing/manual-timers.ts';
import { download, openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { takeTestPhoto } from '#platform/testing/test-photo.ts';
import { newStock, scanOf, shelf } from '#platform/testing/test-stock.ts';
import { until } from '#platform/testing/until.ts';
import { evictFiles, keepDownloaded, type LocalFile, readLocalFile } from './attachment-queue-store.ts';
import type { AttachmentTransport } from './attachment-transport.ts';
import { type AttachmentUploader, createAttachmentUploader } from './attachment-uploader.ts';

describe('photos on their way up', () => {
  let device: TestDevice;
  let timers: ManualTimers;
  let uploader: AttachmentUploader;
  let sent: LocalFile[];
  let answer: AttachmentTransport['upload'];
  let life: AbortController;
  let running: Promise<void> = Promise.resolve();
  const problems: unknown[] = [];

  const prepare = (): void => {
    timers = createManualTimers();
    life = new AbortController();
    uploader = createAttachmentUploader({
      replica: device.replica,
      clock: device.capabilities.clock,
      timers,
      random: () => 1,
      transport: {
        upload(file, signal) {
          sent.push(file);
          return answer(file, signal);
        },
      },
      onProblem: (_, error) => problems.push(error),
    });
  };

  beforeEach(async () => {
    device = await openTestDevice();
    await download(device.replica, newStock({ assetCount: 3 }));
    answer = async () => ok(undefined);
    sent = [];
    prepare();
  });
  afterEach(async () => {
    await stop();
    await device.close();
    expect(problems).toEqual([]);
  });

  const start = () => {
    running = uploader.run(life.signal);
  };
  const stop = async () => {
    life.abort();
    await running;
  };
  const idle = () => until('it waits', () => timers.waiting().length > 0);
  const pass = async (ms: number) => {
    device.clock.advance(ms);
    timers.advance(ms);
    await idle();
  };
  const sentIds = () => sent.map(({ id }) => id);

  /** A damaged return with these photos. */
  async function record(...numbers: number[]) {
    const taken = await Promise.all(numbers.map(takeTestPhoto));
    const attachments = taken.map(({ file }) => file);
    const asset = scanOf(1);
    const how = { locationId: shelf, disposition: 'damaged', note: null } as const;
    const intent = { kind: 'check_in', asset, ...how, attachments } as const;
    const recorded = await recordOperation(device.capabilities, intent, taken);
    if (!recorded.ok) throw new Error(recorded.error.problem);
    return { operationId: recorded.value.operation.id, ids: attachments.map(({ id }) => id), taken };
  }
  /** The rows of the server, as they come down with the verdict. */
  async function comeDown(
    operationId: string,
    ids: readonly AttachmentId[],
    uploadedAt: string | null = null,
  ) {
    const rows = ids.map((id) => ({ id, operation_id: operationId, ...row, uploaded_at: uploadedAt }));
    await download(device.replica, [{ table: 'attachments', rows }]);
  }
  const row = { kind: 'photo', media_type: 'image/jpeg', width: 1600, height: 1200, taken_at: '2026-11-22' };
  const queued = (): Promise<Record<string, unknown>[]> =>
    device.replica.getAll('SELECT state, attempts, last_problem FROM attachment_queue ORDER BY taken_at');

  it('wait for their operation, then go up as they were taken', async () => {
    const { operationId, ids, taken } = await record(1, 2);
    start();
    await idle();
    expect(sent).toEqual([]);

    await comeDown(operationId, ids);
    await until('both are sent', () => sent.length === 2);
    expect(sentIds()).toEqual(ids);
    expect(sent.map(({ bytes }) => new Uint8Array(bytes))).toEqual(taken.map(({ bytes }) => bytes));
    await until('that is noted', async () => (await queued()).every((one) => one['state'] === 'synced'));
  });

  it('outlive the device being killed before and after they went', async () => {
    const { operationId, ids } = await record(1);
    device = await device.reopen();
    await comeDown(operationId, ids);
    answer = (_, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(err({ tag: 'unreachable', problem: 'killed' })));
      });
    prepare();
    start();
    await until('it is on its way', () => sent.length === 1);
    await stop();

    device = await device.reopen();
    answer = async () => ok(undefined);
    prepare();
    start();
    await until('it is sent again', () => sent.length === 2);
    expect(sentIds()).toEqual([...ids, ...ids]);
  });

  it('come again ever later while nobody answers, at once when woken, and never twice without need', async () => {
    const { operationId, ids } = await record(1);
    await comeDown(operationId, ids);
    answer = async () => err({ tag: 'unreachable', problem: 'no signal' });
    start();
    await idle();
    await pass(1_000);
    await pass(2_000);
    expect(sent).toHaveLength(3);
    await pass(3_000);
    expect(sent).toHaveLength(3);
    expect(await queued()).toEqual([{ state: 'queued_upload', attempts: 3, last_problem: 'no signal' }]);

    answer = async () => ok(undefined);
    uploader.wake();
    await until('it is sent', () => sent.length === 4);
    await comeDown(operationId, ids, '2026-11-22T12:00:00.000000Z');
    await pass(3_600_000);
    expect(sent).toHaveLength(4);
  });

  it('that the server would not take hold up no other, say so, and are tried again in an hour', async () => {
    const { operationId, ids } = await record(1, 2);
    await comeDown(operationId, ids);
    answer = async ({ id }) =>
      id === ids[0] ? err({ tag: 'not_taken', problem: '422 damaged' }) : ok(undefined);
    start();
    await until('both were tried', () => sent.length === 2);
    await idle();
    expect(await queued()).toMatchObject([
      { state: 'not_taken', last_problem: '422 damaged' },
      { state: 'synced' },
    ]);
    await comeDown(operationId, ids.slice(1), '2026-11-22T12:00:00.000000Z');
    await pass(1_800_000);
    expect(sent).toHaveLength(2);
    await pass(1_860_000);
    expect(sentIds()).toEqual([...ids, ids[0]]);
  });

  it('that made the server stumble wait a minute beside the others', async () => {
    const { operationId, ids } = await record(1, 2);
    await comeDown(operationId, ids);
    answer = async ({ id }) =>
      id === ids[0] ? err({ tag: 'server_failed', problem: '500' }) : ok(undefined);
    start();
    await until('both were tried', () => sent.length === 2);
    await idle();
    answer = async () => ok(undefined);
    await pass(60_000);
    await until('the first came again', () => sent.length > 2);
    expect(sent[2]?.id).toBe(ids[0]);
  });

  it('go up from whoever has them, where the server has lost them', async () => {
    const theirs = await takeTestPhoto(9);
    const { id } = theirs.file;
    await comeDown('op-of-another', [id], '2026-11-22T12:00:00.000000Z');
    await keepDownloaded(
      device.replica,
      { id, mediaType: 'image/jpeg', bytes: theirs.bytes },
      instantOfMs(device.clock.wallMs()),
    );
    await comeDown('op-of-another', [id]);
    device.clock.advance(61_000);
    start();
    await until('it is sent', () => sent.length === 1);
    expect(sentIds()).toEqual([id]);
  });

  it('are let go of once the server has them and there is too much, the oldest first; never what is only here', async () => {
    const { operationId, ids } = await record(1, 2, 3);
    await comeDown(operationId, ids.slice(0, 2), '2026-11-22T12:00:00.000000Z');
    const isHere = async (id: AttachmentId | undefined) =>
      id !== undefined && (await readLocalFile(device.replica, id)) !== null;
    await evictFiles(device.replica, 1_000_000);
    expect(await Promise.all(ids.map(isHere))).toEqual([true, true, true]);
    await evictFiles(device.replica, 0);
    expect(await Promise.all(ids.map(isHere))).toEqual([false, false, true]);
  });
});

describe('an operation with photos', () => {
  it('is recorded with their bytes or not at all', async () => {
    const device = await openTestDevice();
    await download(device.replica, newStock({ assetCount: 3 }));
    const { file } = await takeTestPhoto(1);
    const intent = { kind: 'quarantine', asset: scanOf(1), reason: 'rattles', attachments: [file] } as const;
    expect(await recordOperation(device.capabilities, intent)).toMatchObject({
      ok: false,
      error: { tag: 'storage_failed', problem: expect.stringContaining('without its bytes') },
    });
    expect(await device.replica.getAll('SELECT 1 FROM outbox')).toEqual([]);
    await device.close();
  });
});
