import { ConnectError } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';

/** Why the server would not do what it was asked for, in the form that screens choose their words by. */
export type Refusal = {
  /** A stable key, e.g. `invalid` or `not_found`. */
  readonly reason: string;
  /** The field of the request that is at fault, as the wire names it; null where none is. */
  readonly field: string | null;
  /** The rule that each field breaks, e.g. string.min_len; the first of each, to be shown beside it. */
  readonly rulesByField: ReadonlyMap<string, string>;
  /** After how many milliseconds the same may go well; null where waiting does not help. */
  readonly retryAfterMs: number | null;
  /** Who stands in the way, by name. */
  readonly holderNames: readonly string[];
};

/** What a call that threw says of itself; null where the server did not say, or was not reached. */
export function refusalOf(thrown: unknown): Refusal | null {
  const [detail] = ConnectError.from(thrown).findDetails(ErrorDetailSchema);
  if (detail === undefined) return null;
  const rulesByField = new Map(detail.violations.toReversed().map(({ field, rule }) => [field, rule]));
  return {
    reason: detail.reason,
    field: detail.field === '' ? null : detail.field,
    rulesByField,
    retryAfterMs: detail.retryAfterMs ?? null,
    holderNames: detail.holderNames,
  };
}
