import {
  type ImportOperationsResponse,
  ImportOutcome,
} from '@eventkit/proto/gen/eventkit/v1/sync_health_pb.ts';
import { type Instant, instantOfMicros } from '@eventkit/shared/kernel/instant.ts';
import { refusalOf } from '#platform/rpc/refusal-of.ts';

export type ImportOutcomeKind = 'taken' | 'already_there' | 'kept_unread' | 'damaged';

export type ImportResult = {
  readonly deviceName: string;
  readonly madeAt: Instant;
  /** False where the file was changed after it was made. */
  readonly isWhole: boolean;
  readonly counts: Readonly<Record<ImportOutcomeKind, number>>;
  /** What did not go in, by its number on the device. */
  readonly leftOut: readonly {
    readonly id: string;
    readonly sequence: number;
    readonly outcome: 'kept_unread' | 'damaged';
    readonly reason: string;
  }[];
};

/** What became of a file, as it is shown. */
export function readImport({
  deviceName,
  madeAtMicros,
  isWhole,
  operations,
}: Pick<ImportOperationsResponse, 'deviceName' | 'madeAtMicros' | 'isWhole' | 'operations'>): ImportResult {
  const counts = { taken: 0, already_there: 0, kept_unread: 0, damaged: 0 };
  const leftOut: ImportResult['leftOut'][number][] = [];
  for (const { id, sequence, outcome, reason } of operations) {
    const kind = kinds.get(outcome) ?? 'damaged';
    counts[kind] += 1;
    if (kind === 'kept_unread' || kind === 'damaged') {
      leftOut.push({ id, sequence: Number(sequence), outcome: kind, reason });
    }
  }
  return { deviceName, madeAt: instantOfMicros(madeAtMicros), isWhole, counts, leftOut };
}

const kinds: ReadonlyMap<ImportOutcome, ImportOutcomeKind> = new Map([
  [ImportOutcome.TAKEN, 'taken'],
  [ImportOutcome.ALREADY_THERE, 'already_there'],
  [ImportOutcome.KEPT_UNREAD, 'kept_unread'],
  [ImportOutcome.DAMAGED, 'damaged'],
]);

const problems = ['no_such_file', 'newer_version', 'other_company', 'unknown_device'] as const;
export type ImportProblem = (typeof problems)[number] | 'no_answer';

/** Why a file was not taken at all. */
export function importProblemOf(error: unknown): ImportProblem {
  const reason = refusalOf(error)?.reason;
  return problems.find((problem) => problem === reason) ?? 'no_answer';
}
