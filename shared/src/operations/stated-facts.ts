import type { AssetId, EventId, StorageLocationId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';
import type { Movement } from '#ledger/movement.ts';
import type { AssetIntent, ScannedAsset } from './operation.ts';

/** What is said of each asset beside where it is. */
export type Details = Pick<
  Movement,
  'disposition' | 'overrideReason' | 'note' | 'eventId' | 'outcome' | 'inspectionDueAt' | 'contents'
>;

/** What an intent says of assets, before anything is looked up: its reads and its facts both follow from this. */
export type StatedFacts = {
  readonly scanned: readonly ScannedAsset[];
  /** Where they are afterwards; null for what says how they are, `untold` where the intent fails to say. */
  readonly to: Place | null | 'untold';
  /** What must exist beside: the case that is unpacked, the vehicle, the event. */
  readonly besides: readonly Place[];
  /** True where only a case can be meant. */
  readonly isOfCases: boolean;
  readonly details: Details;
};

/** What each kind of operation states: the one place to look for what a kind means to the ledger. */
export function statedFacts(intent: AssetIntent): StatedFacts {
  switch (intent.kind) {
    case 'check_out': {
      const { overrideReason, contents = null } = intent;
      return {
        ...one(intent.asset, eventPlace(intent.eventId), { overrideReason, contents }),
      };
    }
    case 'check_in': {
      const { disposition, note } = intent;
      return one(intent.asset, locationPlace(intent.locationId), { disposition, note });
    }
    case 'move':
      return one(intent.asset, locationPlace(intent.locationId), {});
    case 'pack':
      return { ...nothing, scanned: intent.members, to: casePlace(intent.caseId) };
    case 'unpack': {
      const to = intent.locationId === null ? intent.casePlace : locationPlace(intent.locationId);
      return { ...nothing, scanned: intent.members, to: to ?? 'untold', besides: [casePlace(intent.caseId)] };
    }
    case 'load': {
      const { eventId, overrideReason, contents = null } = intent;
      return {
        ...one(
          intent.asset,
          { kind: 'vehicle', id: intent.vehicleId },
          { eventId, overrideReason, contents },
        ),
        besides: eventId === null ? [] : [eventPlace(eventId)],
      };
    }
    case 'unload':
      return {
        ...one(intent.asset, intent.place, {}),
        besides: [
          { kind: 'vehicle', id: intent.vehicleId },
          ...(intent.eventId === null ? [] : [eventPlace(intent.eventId)]),
        ],
      };
    case 'found':
      return one(intent.asset, intent.place, { note: intent.note });
    case 'resolve':
      return one(intent.asset, intent.place, {});
    case 'quarantine':
    case 'retire':
      return one(intent.asset, null, { note: intent.reason });
    case 'release':
    case 'repair_start':
      return one(intent.asset, null, { note: intent.note });
    case 'repair_done': {
      const { note, inspectionDueAt } = intent;
      return one(intent.asset, null, { note, inspectionDueAt });
    }
    case 'inspection_result': {
      const { note, outcome, inspectionDueAt } = intent;
      return one(intent.asset, null, { note, outcome, inspectionDueAt });
    }
    case 'seal':
      return { ...one(intent.asset, null, { contents: intent.contents }), isOfCases: true };
    case 'open':
      return { ...one(intent.asset, null, {}), isOfCases: true };
  }
}

/** What is said of an asset of which nothing more is said. */
export const noDetails: Details = {
  disposition: null,
  overrideReason: null,
  note: null,
  eventId: null,
  outcome: null,
  inspectionDueAt: null,
  contents: null,
};

const nothing: StatedFacts = {
  scanned: [],
  to: null,
  besides: [],
  isOfCases: false,
  details: noDetails,
};

function one(asset: ScannedAsset, to: Place | null, details: Partial<Details>): StatedFacts {
  return { ...nothing, scanned: [asset], to, details: { ...noDetails, ...details } };
}

function eventPlace(id: EventId): Place {
  return { kind: 'event', id };
}

function locationPlace(id: StorageLocationId): Place {
  return { kind: 'location', id };
}

function casePlace(id: AssetId): Place {
  return { kind: 'case', id };
}
