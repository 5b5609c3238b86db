import { stockIdOf } from '#bulk/stock-id.ts';
import { readsOfEdit } from '#edits/reads-of-edit.ts';
import type { ProductId } from '#kernel/ids.ts';
import type { AssignLabel, RetireLabel } from '#labels/label-intents.ts';
import type { Place } from '#ledger/asset-state.ts';
import { fillingIdOf } from '#planning/plan-line-filling.ts';
import { readsOfStocktake } from '#stocktake/reads-of-stocktake.ts';
import { placesOf, transportSubjectsOf } from '#transport/plan-transport-facts.ts';
import type { FillLine, Operation } from './operation.ts';
import { readsOfFacts, readsOfPlaces } from './reads-of-facts.ts';
import { joinReads, type ReadRequest, readNothing } from './working-set.ts';

/** [OP1] What must be loaded before the operation can be decided; see `WorkingSet` for what each name brings. */
export function readsOf(operation: Operation): ReadRequest {
  const { intent } = operation;
  switch (intent.kind) {
    case 'move_bulk':
      return readsOfBulk(intent.productId, [intent.from, intent.to]);
    case 'count_bulk':
      return readsOfBulk(intent.productId, [intent.place]);
    case 'edit_fields':
    case 'create_row':
    case 'delete_row':
    case 'restore_row':
      return readsOfEdit(intent);
    case 'dispatch':
    case 'arrive':
    case 'confirm_truck_pack':
      return { ...readsOfPlaces(placesOf(intent)), subjects: transportSubjectsOf(intent) };
    case 'assign_label':
    case 'retire_label':
      return readsOfLabel(intent);
    case 'fill_line':
      return readsOfFilling(intent);
    case 'undo':
      return { ...readNothing, operationIds: [intent.operationId] };
    case 'open_stocktake':
    case 'count_asset':
    case 'count_quantity':
    case 'request_recount':
    case 'close_stocktake':
    case 'review_variance':
    case 'approve_stocktake': {
      const { places, ...named } = readsOfStocktake(intent, operation.id);
      return joinReads([readsOfPlaces(places), { ...readNothing, ...named }]);
    }
    case 'load':
    case 'unload':
      return { ...readsOfFacts(intent), subjects: transportSubjectsOf(intent) };
    default:
      return readsOfFacts(intent);
  }
}

function readsOfLabel(intent: AssignLabel | RetireLabel): ReadRequest {
  const subjects = [{ ledger: 'labels' as const, id: intent.code }];
  const target = intent.kind === 'assign_label' ? intent.target : null;
  return {
    ...readNothing,
    subjects,
    assetIds: target?.kind === 'asset' ? [target.id] : [],
    locationIds: target?.kind === 'location' ? [target.id] : [],
  };
}

/** The line is read as a row that people edit: so it is known also where it was deleted meanwhile. */
function readsOfFilling(intent: FillLine): ReadRequest {
  const line = intent.lineId === null ? [] : [{ ledger: 'edits' as const, id: intent.lineId }];
  return {
    ...readNothing,
    subjects: [{ ledger: 'fillings' as const, id: fillingIdOf(intent) }, ...line],
    assetIds: [intent.assetId],
    eventIds: [intent.eventId],
  };
}

function readsOfBulk(productId: ProductId, places: readonly (Place | null)[]): ReadRequest {
  const known = places.filter((place) => place !== null);
  const subjects = known.map((place) => ({ ledger: 'bulk' as const, id: stockIdOf(productId, place) }));
  return { ...readsOfPlaces(known), productIds: [productId], subjects };
}
