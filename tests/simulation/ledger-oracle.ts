import type { AssetIntent, Operation } from '@eventkit/shared/operations/operation.ts';
import type { ApproveStocktake } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import { distinct, type ExpectedLabels, expectLabels, scannedOf } from './label-oracle.ts';

/**
 * What the ledger must come to, worked out a second time and plainly: rules LG1 to LG26 straight from their words,
 * one long walk over everything that happened, nothing shared with the code that is tested.
 */
export type Told = { readonly operation: Operation; readonly effectiveAt: string };

export type ExpectedAsset = {
  place: string;
  status: string;
  condition: string;
  /** The event it is out for. */
  outFor: string | null;
  inspectionDueAt: string | null;
  sealedBy: string | null;
  lastMovementId: string | null;
};
export type ExpectedLedger = {
  readonly assetsById: ReadonlyMap<string, ExpectedAsset>;
  readonly labels: ExpectedLabels;
  /** `<id> <status>` of every conflict. */
  readonly conflicts: ReadonlySet<string>;
};

export type Stock = {
  /** Where each asset starts, as `<kind> <id>`. */
  readonly baselinesById: ReadonlyMap<string, string>;
  /** By the codes that assets have of themselves. */
  readonly assetIdsByLabel: ReadonlyMap<string, string>;
  readonly caseIds: ReadonlySet<string>;
};

type Fact = {
  readonly id: string;
  readonly assetId: string;
  readonly kind: string;
  /** Null where it says how the asset is and not where. */
  readonly to: string | null;
  readonly observed: string | null;
  readonly disposition: string | null;
  readonly eventId: string | null;
  readonly outcome: string | null;
  readonly dueAt: string | null;
  readonly at: string;
};

export function expectLedger(stock: Stock, told: readonly Told[]): ExpectedLedger {
  const inOrder = told.toSorted(
    (a, b) =>
      compare(a.effectiveAt, b.effectiveAt) ||
      compare(a.operation.deviceId, b.operation.deviceId) ||
      a.operation.sequence - b.operation.sequence,
  );
  const undone = new Set(
    told.flatMap(({ operation: { intent, deviceId } }) =>
      intent.kind === 'undo' ? [`${intent.operationId} ${deviceId}`] : [],
    ),
  );
  const assets = new Map<
    string,
    ExpectedAsset & { placedBy: string | null; open: string | null; heldBack: Set<string> }
  >();
  for (const [id, place] of stock.baselinesById) {
    const untouched = {
      status: 'in_service',
      condition: 'ok',
      inspectionDueAt: null,
      sealedBy: null,
      lastMovementId: null,
      placedBy: null,
      open: null,
    };
    assets.set(id, { place, outFor: eventIn(place), ...untouched, heldBack: new Set() });
  }
  const isUndone = ({ operation }: Told) => undone.has(`${operation.id} ${operation.deviceId}`);
  const labels = expectLabels(stock, inOrder, isUndone);
  const conflicts = new Map<string, string>();

  const stated: { fact: Fact; operation: Operation }[] = [];
  for (const { operation, effectiveAt } of inOrder) {
    if (operation.intent.kind === 'undo' || isUndone({ operation, effectiveAt })) continue;
    const things = labels.thingsOf({ operation, effectiveAt });
    stated.push(...factsOf(operation, effectiveAt, things).map((fact) => ({ fact, operation })));
  }
  stated.sort(
    (a, b) =>
      compare(a.fact.at, b.fact.at) ||
      compare(a.operation.deviceId, b.operation.deviceId) ||
      a.operation.sequence - b.operation.sequence ||
      compare(a.fact.id, b.fact.id),
  );
  for (const { fact } of stated) apply(fact);
  return {
    assetsById: assets,
    labels,
    conflicts: new Set([...labels.conflicts, ...[...conflicts].map(([id, status]) => `${id} ${status}`)]),
  };

  function apply(fact: Fact): void {
    const asset = assets.get(fact.assetId);
    if (asset === undefined) throw new Error(`the oracle has no asset ${fact.assetId}`);
    const stillOpen = asset.open?.split('|') ?? [];
    const answered = ['seal', 'open'].includes(fact.kind)
      ? []
      : stillOpen.filter((id) => fact.to !== null || id.startsWith('blocked_went_out:'));
    for (const id of answered) conflicts.set(id, 'settled');
    asset.open = stillOpen.filter((id) => !answered.includes(id)).join('|') || null;
    const open = (name: string, first: string | null) => {
      const id = `${name}:${first ?? 'baseline'}:${fact.id}`;
      conflicts.set(id, 'open');
      asset.open = asset.open === null ? id : `${asset.open}|${id}`;
    };
    if (asset.status === 'lost') asset.status = statusOf(asset.heldBack);

    const circle = closesCircle(fact);
    const outFor = outForAfter(fact, asset.outFor);
    const moves = fact.to !== null && circle === null && (asset.place !== fact.to || asset.outFor !== outFor);
    const knew = fact.observed === asset.place;
    const goesOut =
      moves &&
      ['check_out', 'load', 'unload'].includes(fact.kind) &&
      outFor !== null &&
      outFor !== asset.outFor;
    if (circle !== null) open('case_in_itself', circle.placedBy);
    if (goesOut && asset.outFor !== null && !knew) open('double_check_out', asset.placedBy);
    const isOverdue = asset.inspectionDueAt !== null && asset.inspectionDueAt < fact.at;
    if (goesOut && (asset.status !== 'in_service' || isOverdue)) open('blocked_went_out', null);
    if (moves && fact.kind === 'pack' && asset.place.startsWith('case') && !knew) {
      open('two_cases', asset.placedBy);
    }
    if (moves && fact.to !== null) {
      asset.place = fact.to;
      asset.outFor = outFor;
      asset.placedBy = fact.id;
    }
    judge(asset, fact);
    asset.lastMovementId = fact.id;
  }

  function judge(asset: ExpectedAsset & { heldBack: Set<string> }, fact: Fact): void {
    const { heldBack } = asset;
    const isDamaged = fact.disposition === 'damaged';
    const hasFailed = fact.outcome === 'failed';
    if (fact.kind === 'quarantine' || isDamaged || hasFailed) heldBack.delete('repair');
    if (fact.kind === 'quarantine' || isDamaged) heldBack.add('quarantine');
    if (hasFailed) heldBack.add('inspection');
    if (fact.outcome === 'passed') heldBack.delete('inspection');
    if (fact.kind === 'repair_start') heldBack.add('repair');
    if (fact.kind === 'repair_done' || fact.kind === 'release') {
      heldBack.delete('repair');
      heldBack.delete('quarantine');
      asset.condition = 'ok';
    }
    if (fact.kind === 'release') heldBack.delete('inspection');
    if (isDamaged) asset.condition = 'damaged';
    if (fact.outcome === 'passed' || (fact.kind === 'repair_done' && fact.dueAt !== null)) {
      asset.inspectionDueAt = fact.dueAt;
    }
    if (fact.kind === 'seal') asset.sealedBy = fact.id;
    if (fact.kind === 'open') asset.sealedBy = null;
    if (asset.status === 'retired') return;
    asset.status = statusOf(heldBack);
    if (fact.disposition === 'lost') asset.status = 'lost';
    if (fact.disposition === 'consumed' || fact.kind === 'retire') asset.status = 'retired';
  }

  /** Who put the case, or one around it, into the asset; null where going in closes no circle. */
  function closesCircle(fact: Fact): { placedBy: string | null } | null {
    if (fact.to === `case ${fact.assetId}`) return { placedBy: null };
    for (let at = fact.to ?? ''; at.startsWith('case '); ) {
      const around = assets.get(at.slice('case '.length));
      if (around === undefined) return null;
      if (around.place === `case ${fact.assetId}`) return { placedBy: around.placedBy };
      at = around.place;
    }
    return null;
  }
}

/** A stocktake puts things where they were seen, as of then; what nobody saw is lost as of the close. */
function adjustmentsOf(operationId: string, { adjustments }: ApproveStocktake, at: string): Fact[] {
  return adjustments
    .filter((one) => one.kind !== 'quantity')
    .map((one, index) => ({
      id: `${operationId}:${index}`,
      assetId: one.assetId,
      kind: 'approve_stocktake',
      to: `${one.place.kind} ${one.place.id}`,
      observed: null,
      disposition: one.kind === 'missing' ? 'lost' : null,
      eventId: null,
      outcome: null,
      dueAt: null,
      at: one.asOf < at ? one.asOf : at,
    }));
}

/** What an operation says of the things that it turned out to be about. */
function factsOf(operation: Operation, at: string, things: readonly (string | null)[]): Fact[] {
  const { intent } = operation;
  if (intent.kind === 'approve_stocktake') return adjustmentsOf(operation.id, intent, at);
  if (intent.kind === 'count_asset') return [];
  if (!('members' in intent) && !('asset' in intent)) return [];
  return distinct(scannedOf(intent)).flatMap(({ assetId: named, observed }, index): Fact[] => {
    const assetId = things[index] ?? null;
    if (assetId === null) return [];
    const isOther = named !== null && named !== assetId;
    return [
      {
        id: `${operation.id}:${index}`,
        assetId,
        kind: intent.kind,
        to: destinationOf(intent),
        observed: observed === null || isOther ? null : `${observed.place.kind} ${observed.place.id}`,
        disposition: intent.kind === 'check_in' ? intent.disposition : null,
        eventId: intent.kind === 'load' ? intent.eventId : null,
        outcome: intent.kind === 'inspection_result' ? intent.outcome : null,
        dueAt: 'inspectionDueAt' in intent ? intent.inspectionDueAt : null,
        at,
      },
    ];
  });
}

function destinationOf(intent: AssetIntent): string | null {
  if (intent.kind === 'check_out') return `event ${intent.eventId}`;
  if (intent.kind === 'load') return `vehicle ${intent.vehicleId}`;
  if (intent.kind === 'pack') return `case ${intent.caseId}`;
  if ('place' in intent) return `${intent.place.kind} ${intent.place.id}`;
  if (!('locationId' in intent)) return null;
  if (intent.kind !== 'unpack') return `location ${intent.locationId}`;
  if (intent.locationId !== null) return `location ${intent.locationId}`;
  if (intent.casePlace === null) throw new Error('an unpack to nowhere should have been refused');
  return `${intent.casePlace.kind} ${intent.casePlace.id}`;
}

/** A load says for what; else it is out for the event it comes to, or on a vehicle still for what it was. */
function outForAfter(fact: Fact, before: string | null): string | null {
  if (fact.kind === 'load') return fact.eventId;
  return fact.to?.startsWith('vehicle ') ? before : eventIn(fact.to ?? '');
}

function eventIn(place: string): string | null {
  return place.startsWith('event ') ? place.slice('event '.length) : null;
}

function statusOf(heldBack: ReadonlySet<string>): string {
  if (heldBack.has('repair')) return 'in_repair';
  return heldBack.size > 0 ? 'quarantined' : 'in_service';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
