import { rowsOf } from '#operations/subject-state.ts';
import type { RowOf } from '#schema/row-types.ts';
import type { MemoryLedger } from './memory-ledger.ts';

type Fact = RowOf<'transport_facts'>;

/**
 * The rules of truck packs once more: of each fact it is asked, looking back, in which trip it is, what was confirmed
 * by then and what was on board. Shares no code with the fold.
 */
export function transportOracle(ledger: MemoryLedger) {
  const facts = [...ledger.subjectsByKey.values()].flatMap((state) => rowsOf(state, 'transport_facts'));
  const packs: Record<string, unknown> = {};
  const vehicles: Record<string, unknown> = {};
  const conflicts: string[] = [];
  for (const subject of new Set(facts.map(({ subject_id }) => subject_id ?? ''))) {
    const own = countingOf(facts.filter(({ subject_id }) => subject_id === subject));
    const eventId = subject.split(':')[1];
    if (eventId === undefined) vehicles[subject] = vehicleOf(own);
    else {
      const told = tellPack(own, eventId);
      packs[subject] = told.pack;
      conflicts.push(...told.conflicts);
    }
  }
  return { packs, vehicles, conflicts: conflicts.sort() };
}

function vehicleOf(facts: readonly Fact[]) {
  const departed = facts.findLastIndex(({ kind }) => kind === 'dispatch');
  const arrived = facts.findLastIndex(({ kind }) => kind === 'arrive');
  return {
    since: departed > arrived ? facts[departed]?.effective_at : null,
    place: departed < arrived ? facts[arrived]?.place_id : null,
  };
}

function tellPack(facts: readonly Fact[], eventId: string) {
  const isEnd = (fact: Fact) =>
    fact.kind === 'arrive' || (fact.kind === 'unload' && fact.place_id === eventId);
  const begins = (fact: Fact) => ['load', 'dispatch', 'confirm_truck_pack'].includes(fact.kind ?? '');
  /** Where the trip of the k-th fact began. */
  const startOf = (k: number): number => {
    for (let i = k; i > 0; i--) {
      const fact = facts[i];
      if (fact === undefined || !begins(fact)) continue;
      const before = facts.slice(0, i);
      const end = before.findLastIndex(isEnd);
      if (end >= 0 && !before.slice(end + 1).some(begins)) return i;
    }
    return 0;
  };
  const confirmationOf = (k: number): Fact | undefined =>
    facts.slice(startOf(k), k + 1).find(({ kind }) => kind === 'confirm_truck_pack');
  const isOver = (k: number) => facts.slice(startOf(k), k + 1).some(isEnd);
  const isOnBoard = (assetId: string | null, k: number): boolean => {
    const confirmation = confirmationOf(k);
    if (confirmation === undefined) return false;
    const since = facts.slice(facts.indexOf(confirmation) + 1, k + 1);
    const last = since.findLast((fact) => fact.asset_id === assetId && assetId !== null);
    if (last !== undefined) return last.kind === 'load';
    return listOf(confirmation).includes(assetId ?? '');
  };
  const changes = facts.flatMap((fact, k) => {
    const confirmation = confirmationOf(k);
    if (confirmation === undefined || isOver(k) || fact.asset_id === null) return [];
    const isNews = isOnBoard(fact.asset_id, k - 1) !== (fact.kind === 'load');
    return isNews ? [{ fact, k, confirmation }] : [];
  });
  const conflicts = changes.map(({ fact, k, confirmation }) => {
    const isSettled = facts.slice(k + 1).some((later) => later.kind === 'confirm_truck_pack' || isEnd(later));
    return `truck_changed:${confirmation.id}:${fact.id} ${isSettled ? 'settled' : 'open'}`;
  });
  const last = facts.length - 1;
  const [confirmation, ...witnesses] = facts
    .slice(startOf(last))
    .filter(({ kind }) => kind === 'confirm_truck_pack');
  return {
    conflicts,
    pack: {
      confirmation: confirmation?.id ?? null,
      witnesses: witnesses.map((one) => [one.id, listOf(one).join() === listOf(confirmation).join()]),
      changes: changes.filter(({ k }) => k >= startOf(last)).map(({ fact }) => fact.id),
      endedAt: facts.slice(startOf(last)).find(isEnd)?.effective_at ?? null,
    },
  };
}

function listOf(fact: Fact | undefined): string[] {
  return (JSON.parse(fact?.contents ?? '[]') as string[]).sort();
}

function countingOf(facts: readonly Fact[]): Fact[] {
  const undos = facts.filter(({ kind }) => kind === 'undo');
  return facts
    .filter(
      ({ kind, operation_id, device_id }) =>
        kind !== 'undo' &&
        !undos.some((undo) => undo.undoes_operation_id === operation_id && undo.device_id === device_id),
    )
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function orderOf({ effective_at, device_id, sequence, id }: Fact): string {
  return `${effective_at} ${device_id} ${String(sequence).padStart(16, '0')} ${id}`;
}
