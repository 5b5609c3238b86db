import { fromBinary, toBinary } from '@bufbuild/protobuf';
import type { Push } from '@eventkit/client/platform/sync/push.ts';
import { OperationSchema } from '@eventkit/proto/gen/eventkit/v1/operation_pb.ts';
import type { World } from './world.ts';

/**
 * garbage: bytes that mean nothing. newer_kind and newer_version: from an app that is ahead of the server.
 * breaks_rule: the database refuses what it writes. stumbles and not_taken: the server fails on it, or will not have
 * it, until somebody repairs the server.
 */
export type PoisonKind =
  | 'garbage'
  | 'newer_kind'
  | 'newer_version'
  | 'breaks_rule'
  | 'stumbles'
  | 'not_taken';

/** Some operations are harmful. Which ones follows from their ids, so that they are so each time they are sent. */
export type Poison = {
  kindOf(operationId: string): PoisonKind | null;
  /** From now on the server digests what a repair helps. */
  repair(): void;
  /** Stands between uploader and network. */
  readonly wrapPush: (push: Push) => Push;
};

const kinds: readonly PoisonKind[] = [
  'garbage',
  'newer_kind',
  'newer_version',
  'breaks_rule',
  'stumbles',
  'not_taken',
];
/** Kept with their bytes for people to look at, however often they come. */
export const keptKinds: ReadonlySet<PoisonKind | null> = new Set<PoisonKind>([
  'garbage',
  'newer_kind',
  'newer_version',
  'breaks_rule',
]);
/** Those that a repair of the server helps. */
const passing: ReadonlySet<PoisonKind> = new Set<PoisonKind>(['stumbles', 'not_taken']);

export function createPoison(world: World): Poison {
  const share = world.faults().poison;
  const draw = (operationId: string) => {
    // The tail of an id is chance.
    const number = Number.parseInt(operationId.slice(-8), 16);
    if (number / 0x1_0000_0000 >= share) return null;
    return kinds[Number.parseInt(operationId.slice(24, 28), 16) % kinds.length] ?? null;
  };
  let isRepaired = false;
  const kindOf = (operationId: string) => {
    const kind = share === 0 ? null : draw(operationId);
    return kind !== null && isRepaired && passing.has(kind) ? null : kind;
  };
  return {
    kindOf,
    repair() {
      isRepaired = true;
    },
    wrapPush: (push) => (batch, signal) =>
      push(
        {
          ...batch,
          operations: batch.operations.map(({ id, envelope }) => ({
            id,
            envelope: poisoned(kindOf(id), envelope),
          })),
        },
        signal,
      ),
  };
}

function poisoned(kind: PoisonKind | null, envelope: Uint8Array): Uint8Array {
  switch (kind) {
    case 'garbage':
      return Uint8Array.of(0xff, 0xff, ...envelope.subarray(0, 20));
    case 'newer_kind': {
      const message = fromBinary(OperationSchema, envelope);
      message.intent = { case: undefined };
      return toBinary(OperationSchema, message);
    }
    case 'newer_version': {
      const message = fromBinary(OperationSchema, envelope);
      message.schemaVersion = 1_000;
      return toBinary(OperationSchema, message);
    }
    default:
      return envelope;
  }
}
