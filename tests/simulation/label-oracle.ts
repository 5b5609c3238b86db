import type { ScannedAsset } from '@eventkit/shared/operations/operation.ts';
import type { RowOf } from '@eventkit/shared/schema/row-types.ts';
import type { Stock, Told } from './ledger-oracle.ts';

/** What labels must come to, and what was read by them: rules LB1 to LB6 straight from their words. */
export type ExpectedLabels = {
  /** By code, as `<kind> <id>`; `nothing` where the label was taken off. Blank ones are missing. */
  readonly targetsByCode: ReadonlyMap<string, string>;
  /** `<id> <status>` of every conflict. */
  readonly conflicts: readonly string[];
  /** The assets of an operation by position; null for what does not count. */
  thingsOf(told: Told): readonly (string | null)[];
};

type Entry = {
  readonly id: string;
  readonly at: string;
  readonly target: string | null;
  readonly saw: string | null;
};

export function expectLabels(
  stock: Stock,
  inOrder: readonly Told[],
  isUndone: (told: Told) => boolean,
): ExpectedLabels {
  const historyByCode = new Map<string, Entry[]>();
  for (const told of inOrder) {
    const { intent, id } = told.operation;
    if (isUndone(told) || (intent.kind !== 'assign_label' && intent.kind !== 'retire_label')) continue;
    const entry = {
      id: `${id}:0`,
      at: told.effectiveAt,
      target: intent.kind === 'assign_label' ? `${intent.target.kind} ${intent.target.id}` : null,
      saw: intent.observed === null ? null : `${intent.observed.kind} ${intent.observed.id}`,
    };
    historyByCode.set(intent.code, [...(historyByCode.get(intent.code) ?? []), entry]);
  }
  const historyOf = (code: string) => historyByCode.get(code) ?? [];

  function thingRead(scanned: ScannedAsset, kind: string, at: string) {
    const isFit = (id: string | undefined) =>
      id !== undefined &&
      stock.baselinesById.has(id) &&
      (!['seal', 'open'].includes(kind) || stock.caseIds.has(id));
    const fitted = (id: string | undefined) => (id !== undefined && isFit(id) ? id : null);
    const inTarget = (target: string | null | undefined) => fitted(target?.split('asset ')[1]);
    const named = fitted(scanned.assetId ?? undefined);
    const isKnown = scanned.assetId !== null && stock.baselinesById.has(scanned.assetId);
    if (scanned.isByHand === true && isKnown) return { thing: named, answer: null, wasUnknown: false };
    const history = historyOf(scanned.code);
    const upTo = history.filter((entry) => entry.at <= at);
    const own = scanned.assetId === null ? fitted(stock.assetIdsByLabel.get(scanned.code)) : named;
    const thing = upTo.length === 0 ? own : (inTarget(upTo.at(-1)?.target) ?? named);
    if (thing !== null) return { thing, answer: null, wasUnknown: false };
    const answer = history.find((entry) => entry.at > at && inTarget(entry.target) !== null);
    return { thing: inTarget(answer?.target), answer: answer?.id ?? null, wasUnknown: true };
  }

  function thingsOf({ operation: { intent }, effectiveAt }: Told): (string | null)[] {
    const things = distinct(scannedOf(intent)).map((one) => thingRead(one, intent.kind, effectiveAt).thing);
    const isWhole = !things.includes(null);
    return things.map((thing, index) => (isWhole && things.indexOf(thing) === index ? thing : null));
  }

  const conflicts: string[] = [];
  for (const told of inOrder) {
    if (isUndone(told)) continue;
    const { intent, id } = told.operation;
    for (const [position, scanned] of distinct(scannedOf(intent)).entries()) {
      const { wasUnknown, answer } = thingRead(scanned, intent.kind, told.effectiveAt);
      if (wasUnknown)
        conflicts.push(`unknown_code:${id}:${position} ${answer === null ? 'open' : 'settled'}`);
    }
  }
  for (const [code, history] of historyByCode) {
    const own = stock.assetIdsByLabel.get(code);
    for (const [index, entry] of history.entries()) {
      const earlier = history[index - 1];
      const was = earlier === undefined ? (own === undefined ? null : `asset ${own}`) : earlier.target;
      if (was === null || entry.target === null || was === entry.target || was === entry.saw) continue;
      const status = index === history.length - 1 ? 'open' : 'settled';
      conflicts.push(`label_on_two:${earlier?.id ?? 'baseline'}:${entry.id} ${status}`);
    }
  }
  const targets = [...historyByCode].map(
    ([code, history]) => [code, history.at(-1)?.target ?? 'nothing'] as const,
  );
  return { targetsByCode: new Map(targets), conflicts, thingsOf };
}

/** What a label's row says, in the words of `targetsByCode`. */
export function leadsTo({
  asset_id,
  location_id,
}: Pick<RowOf<'labels'>, 'asset_id' | 'location_id'>): string {
  if (asset_id !== null) return `asset ${asset_id}`;
  return location_id === null ? 'nothing' : `location ${location_id}`;
}

/** What an operation read or pointed out; nothing for what moves no assets, as a count does. */
export function scannedOf(intent: Told['operation']['intent']): readonly ScannedAsset[] {
  if (intent.kind === 'count_asset') return [];
  if ('members' in intent) return intent.members;
  return 'asset' in intent ? [intent.asset] : [];
}

/** The same code is the same thing. */
export function distinct(scanned: readonly ScannedAsset[]): ScannedAsset[] {
  const keyOf = (one: ScannedAsset) => (one.isByHand === true ? `by hand ${one.assetId}` : one.code);
  return scanned.filter((one, index) => scanned.findIndex((other) => keyOf(other) === keyOf(one)) === index);
}
