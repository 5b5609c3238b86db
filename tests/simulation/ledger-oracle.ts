import type { AssetIntent, Operation } from '@eventkit/shared/operations/operation.ts';

/**
 * What the ledger must come to, worked out a second time and plainly: rules LG1 to LG21 straight from their words,
 * one long walk over everything that happened, nothing shared with the code that is tested.
 */
export type Told = { readonly operation: Operation; readonly effectiveAt: string };

export type ExpectedAsset = {
  place: string;
  status: string;
  condition: string;
  lastMovementId: string | null;
};
export type ExpectedLedger = {
  readonly assetsById: ReadonlyMap<string, ExpectedAsset>;
  /** `<id> <status>` of every conflict. */
  readonly conflicts: ReadonlySet<string>;
};

export type Stock = {
  /** Where each asset starts, as `<kind> <id>`. */
  readonly baselinesById: ReadonlyMap<string, string>;
  readonly assetIdsByLabel: ReadonlyMap<string, string>;
};

type Fact = {
  readonly id: string;
  readonly assetId: string;
  readonly kind: string;
  /** Null where it says how the asset is and not where. */
  readonly to: string | null;
  readonly observed: string | null;
  readonly disposition: string | null;
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
    ExpectedAsset & { placedBy: string | null; open: string | null; heldBack: boolean }
  >();
  for (const [id, place] of stock.baselinesById) {
    const untouched = {
      status: 'in_service',
      condition: 'ok',
      lastMovementId: null,
      placedBy: null,
      open: null,
      heldBack: false,
    };
    assets.set(id, { place, ...untouched });
  }
  const conflicts = new Map<string, string>();

  for (const { operation } of inOrder) {
    if (operation.intent.kind === 'undo' || undone.has(`${operation.id} ${operation.deviceId}`)) continue;
    const facts = factsOf(operation, stock);
    if (facts === null) {
      conflicts.set(`unknown_code:${operation.id}`, 'open');
      continue;
    }
    for (const fact of facts) apply(fact);
  }
  return {
    assetsById: assets,
    conflicts: new Set([...conflicts].map(([id, status]) => `${id} ${status}`)),
  };

  function apply(fact: Fact): void {
    const asset = assets.get(fact.assetId);
    if (asset === undefined) throw new Error(`the oracle has no asset ${fact.assetId}`);
    const stillOpen = asset.open?.split('|') ?? [];
    const answered = stillOpen.filter((id) => fact.to !== null || id.startsWith('blocked_went_out:'));
    for (const id of answered) conflicts.set(id, 'settled');
    asset.open = stillOpen.filter((id) => !answered.includes(id)).join('|') || null;
    const open = (name: string, first: string | null) => {
      const id = `${name}:${first ?? 'baseline'}:${fact.id}`;
      conflicts.set(id, 'open');
      asset.open = asset.open === null ? id : `${asset.open}|${id}`;
    };
    if (asset.status === 'lost') asset.status = asset.heldBack ? 'quarantined' : 'in_service';

    const circle = closesCircle(fact);
    const moves = fact.to !== null && circle === null && asset.place !== fact.to;
    const knew = fact.observed === asset.place;
    if (circle !== null) open('case_in_itself', circle.placedBy);
    if (moves && fact.kind === 'check_out') {
      if (asset.place.startsWith('event') && !knew) open('double_check_out', asset.placedBy);
      if (asset.status !== 'in_service') open('blocked_went_out', null);
    }
    if (moves && fact.kind === 'pack' && asset.place.startsWith('case') && !knew) {
      open('two_cases', asset.placedBy);
    }
    if (moves && fact.to !== null) {
      asset.place = fact.to;
      asset.placedBy = fact.id;
    }
    if (fact.disposition === 'damaged') asset.condition = 'damaged';
    if (asset.status !== 'retired') {
      if (fact.disposition === 'damaged') asset.status = 'quarantined';
      if (fact.disposition === 'lost') asset.status = 'lost';
      if (fact.disposition === 'consumed') asset.status = 'retired';
      if (fact.kind === 'quarantine') asset.status = 'quarantined';
      if (fact.kind === 'release') asset.status = 'in_service';
      if (fact.kind === 'retire') asset.status = 'retired';
    }
    if (fact.kind === 'quarantine' || fact.disposition === 'damaged') asset.heldBack = true;
    if (fact.kind === 'release') {
      asset.condition = 'ok';
      asset.heldBack = false;
    }
    asset.lastMovementId = fact.id;
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

/** Null where one of the things is of unknown code: then nothing of it counts. */
function factsOf(operation: Operation, { assetIdsByLabel, baselinesById }: Stock): Fact[] | null {
  const { intent } = operation;
  if (intent.kind === 'undo' || intent.kind === 'move_bulk' || intent.kind === 'count_bulk') return [];
  const facts = new Map<string, Fact>();
  for (const scanned of 'members' in intent ? intent.members : [intent.asset]) {
    const assetId = scanned.assetId ?? assetIdsByLabel.get(scanned.code);
    if (assetId === undefined || !baselinesById.has(assetId)) return null;
    if (facts.has(assetId)) continue;
    facts.set(assetId, {
      id: `${operation.id}:${facts.size}`,
      assetId,
      kind: intent.kind,
      to: destinationOf(intent),
      observed:
        scanned.observed === null ? null : `${scanned.observed.place.kind} ${scanned.observed.place.id}`,
      disposition: intent.kind === 'check_in' ? intent.disposition : null,
    });
  }
  return [...facts.values()];
}

function destinationOf(intent: AssetIntent): string | null {
  if (intent.kind === 'quarantine' || intent.kind === 'release' || intent.kind === 'retire') return null;
  if (intent.kind === 'check_out') return `event ${intent.eventId}`;
  if (intent.kind === 'pack') return `case ${intent.caseId}`;
  if (intent.kind === 'resolve') return `${intent.place.kind} ${intent.place.id}`;
  if (intent.kind !== 'unpack') return `location ${intent.locationId}`;
  if (intent.locationId !== null) return `location ${intent.locationId}`;
  if (intent.casePlace === null) throw new Error('an unpack to nowhere should have been refused');
  return `${intent.casePlace.kind} ${intent.casePlace.id}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
