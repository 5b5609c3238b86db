import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { OperationSchema } from '@eventkit/proto/gen/eventkit/v1/operation_pb.ts';
import type { Attack, AttackOptions } from '#attack/attack.ts';
import { idFor, randomId } from '#attack/ids.ts';
import { seenOf } from '#attack/knowledge.ts';
import { type Asked, call, faultOf } from '#attack/target.ts';

type Claimed = {
  readonly deviceId: string;
  readonly insideDeviceId?: string;
  readonly recordedBy: string;
  readonly assetId: string;
  /** Null: the operation is one that leaves things where they are. */
  readonly locationId: string | null;
};

/** Operations under another name, of another device, or about things of others. */
export const forgedOperations: Attack = {
  name: "operations of others' devices and people",
  lacks: ({ syncToken }) => (syncToken === null ? 'the upload of operations' : null),
  async run(options) {
    const { target, random, findings } = options;
    const before = await target.fingerprint?.();
    const deviceId = randomId(random);
    const registered = await call(target, 'eventkit.v1.AuthService/RegisterDevice', {
      token: target.admin.token,
      body: { deviceId, name: 'attack' },
    });
    if (registered.status !== 200) throw new Error(`no device could be registered: ${registered.text}`);
    const own = {
      deviceId,
      recordedBy: target.admin.userId,
      assetId: idFor(random, target.own, 'asset_id'),
      locationId: idFor(random, target.own, 'location_id'),
    };
    const theirs = (field: string) => idFor(random, target.foreign, field);

    const cases: readonly (readonly [what: string, claimed: Claimed])[] = Array.from(
      { length: 20 },
      () =>
        [
          ['of a device of theirs', { ...own, deviceId: theirs('device_id') }],
          ['of a device that is not registered', { ...own, deviceId: randomId(random) }],
          ['with another device inside', { ...own, insideDeviceId: theirs('device_id') }],
          [
            'with an own device of another inside',
            { ...own, insideDeviceId: idFor(random, target.own, 'device_id') },
          ],
          ['recorded by one of theirs', { ...own, recordedBy: theirs('person_id') }],
          ['recorded by nobody', { ...own, recordedBy: randomId(random) }],
          ['about an asset of theirs', { ...own, assetId: theirs('asset_id') }],
          ['to a place of theirs', { ...own, locationId: theirs('location_id') }],
        ] as const satisfies (readonly [string, Claimed])[],
    ).flat();
    for (const [what, claimed] of cases) {
      findings.tried();
      const { answer, request } = await push(options, claimed);
      const verdict = verdictOf(answer);
      if (answer.status === 200 && isTaken(verdict))
        findings.breach(`${what}: ${request}`, `was taken: ${verdict}`);
      const problem = faultOf(answer) ?? seenOf(target.foreign, answer.text, request);
      if (problem !== null) findings.breach(`${what}: ${request}`, problem);
    }
    if ((await target.fingerprint?.()) !== before)
      findings.breach('the operations of this attack', 'rows of the other company have changed');
    // All refusals prove something only where an honest one goes through.
    const { answer } = await push(options, own);
    if (answer.status !== 200 || !isTaken(verdictOf(answer)))
      throw new Error(`an honest operation was refused: ${answer.text}`);
  },
};

async function push(
  { target, random }: AttackOptions,
  claimed: Claimed,
): Promise<{ answer: Asked; request: string }> {
  const id = randomId(random);
  const nowMicros = BigInt(Date.now()) * 1000n;
  const envelope = toBinary(
    OperationSchema,
    create(OperationSchema, {
      ...{ id, deviceId: claimed.insideDeviceId ?? claimed.deviceId, epoch: randomId(random), sequence: 1n },
      ...{
        recordedAtMicros: nowMicros,
        wallClockAtMicros: nowMicros,
        recordedBy: claimed.recordedBy,
        schemaVersion: 1,
      },
      intent: intentOf(claimed),
    }),
  );
  const body = {
    deviceId: claimed.deviceId,
    operations: [{ id, envelope: Buffer.from(envelope).toString('base64') }],
  };
  const answer = await call(target, 'eventkit.v1.SyncService/Push', { token: target.admin.token, body });
  return { answer, request: `SyncService/Push ${JSON.stringify({ ...claimed, body })}` };
}

function intentOf({
  assetId,
  locationId,
}: Claimed): NonNullable<MessageInitShape<typeof OperationSchema>['intent']> {
  const asset = { code: 'attack', assetId, byHand: true };
  return locationId === null
    ? { case: 'quarantine', value: { asset, reason: 'attack' } }
    : { case: 'move', value: { asset, locationId } };
}

function verdictOf({ text }: Asked): string | undefined {
  return (JSON.parse(text || '{}') as { results?: { verdict?: string }[] }).results?.[0]?.verdict;
}

/** Superseded is what an honest one is where things were so already. */
function isTaken(verdict: string | undefined): boolean {
  return verdict === 'VERDICT_APPLIED' || verdict === 'VERDICT_SUPERSEDED';
}
