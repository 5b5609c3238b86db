import type { AssetId } from '#kernel/ids.ts';
import type { Movement } from '#ledger/movement.ts';
import { rowsOf } from '#operations/subject-state.ts';
import type { RowOf } from '#schema/row-types.ts';
import type { MemoryLedger } from './memory-ledger.ts';

type Fact = RowOf<'label_facts'>;

/**
 * The rules of labels once more, by asking of each reading anew what its code was on at that instant. `codesOfLabels`:
 * what imported labels led to; `ownCodes`: the codes that assets have of themselves. Shares no code with the fold.
 */
export function labelOracle(
  ledger: MemoryLedger,
  movements: readonly Movement[],
  imported: ReadonlyMap<string, string>,
) {
  const facts = [...ledger.subjectsByKey.values()].flatMap((state) => rowsOf(state, 'label_facts'));
  const counting = facts
    .filter(
      (fact) =>
        fact.kind !== 'undo' &&
        !facts.some(
          (undo) => undo.undoes_operation_id === fact.operation_id && undo.device_id === fact.device_id,
        ),
    )
    .sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1));
  const of = (code: string) => counting.filter(({ value }) => value === code);
  const leadsTo = (fact: Fact | undefined) =>
    fact?.asset_id ? `asset ${fact.asset_id}` : fact?.location_id ? `location ${fact.location_id}` : null;
  const assetNamed = (target: string | null | undefined) =>
    target?.startsWith('asset ') ? (target.slice('asset '.length) as AssetId) : null;
  const originally = (code: string) => {
    const own = [...ledger.assetsById.values()].find((asset) => asset.code === code)?.id;
    return imported.get(code) ?? (own === undefined ? null : `asset ${own}`);
  };

  function thingOf({ code, namedAssetId, effectiveAt, kind }: Movement) {
    const isFit = (id: AssetId | null) =>
      id !== null && (ledger.assetsById.get(id)?.isCase || !['seal', 'open'].includes(kind)) ? id : null;
    const isThere = (id: AssetId | null) => isFit(id !== null && ledger.assetsById.has(id) ? id : null);
    const assetIn = (target: string | null | undefined) => isThere(assetNamed(target));
    if (code === null) return { assetId: isThere(namedAssetId), unknown: false, saidBy: null };
    const upTo = of(code).filter((fact) => String(fact.effective_at) <= effectiveAt);
    const known =
      upTo.length > 0
        ? (assetIn(leadsTo(upTo.at(-1))) ?? isThere(namedAssetId))
        : namedAssetId === null
          ? assetIn(originally(code))
          : isThere(namedAssetId);
    if (known !== null) return { assetId: known, unknown: false, saidBy: null };
    const after = of(code).filter((fact) => !upTo.includes(fact) && assetIn(leadsTo(fact)) !== null);
    return { assetId: assetIn(leadsTo(after[0])), unknown: true, saidBy: after[0]?.id ?? null };
  }

  const readings = movements.filter(({ kind }) => kind !== 'undo');
  const thingById = new Map<string, AssetId | null>();
  for (const own of Map.groupBy(readings, ({ operationId }) => operationId).values()) {
    const things = own
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((one) => [one.id, thingOf(one).assetId] as const);
    const isWhole = things.every(([, thing]) => thing !== null);
    for (const [index, [id, thing]] of things.entries()) {
      const isFirst = things.findIndex(([, other]) => other === thing) === index;
      thingById.set(id, isWhole && isFirst ? thing : null);
    }
  }

  const conflicts: string[] = [];
  for (const reading of readings) {
    const isUndone = movements.some(
      (other) => other.undoesOperationId === reading.operationId && other.deviceId === reading.deviceId,
    );
    const { unknown, saidBy } = thingOf(reading);
    if (unknown && !isUndone) {
      conflicts.push(`unknown_code:${reading.id} ${saidBy === null ? 'open' : `settled ${saidBy}`}`);
    }
  }
  const labels: Record<string, string | null> = Object.fromEntries(imported);
  for (const code of new Set(facts.map(({ value }) => value ?? ''))) {
    const own = of(code);
    const last = own.at(-1);
    if (last !== undefined) labels[code] = leadsTo(last);
    for (const [index, fact] of own.entries()) {
      const was = index === 0 ? originally(code) : leadsTo(own[index - 1]);
      const isNow = leadsTo(fact);
      const saw = fact.observed_kind === null ? null : `${fact.observed_kind} ${fact.observed_id}`;
      if (was === null || isNow === null || was === isNow || was === saw) continue;
      const next = own[index + 1];
      const first = own[index - 1]?.id ?? 'baseline';
      conflicts.push(
        `label_on_two:${first}:${fact.id} ${next === undefined ? 'open' : `settled ${next.id}`}`,
      );
    }
  }
  return { labels, thingById, conflicts: conflicts.sort() };
}

function orderKey({ effective_at, device_id, sequence, id }: Fact): string {
  return `${effective_at} ${device_id} ${String(sequence).padStart(16, '0')} ${id}`;
}
