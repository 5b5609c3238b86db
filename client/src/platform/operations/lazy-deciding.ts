import { decideFacts } from '@eventkit/shared/operations/decide-facts.ts';
import type { AssetIntent, Intent, IntentKind, Load, Unload } from '@eventkit/shared/operations/operation.ts';
import { readsOfFacts } from '@eventkit/shared/operations/reads-of-facts.ts';
import type { Deciding, FindDeciding } from './deciding.ts';

type FactIntent = Exclude<AssetIntent, Load | Unload>;

/**
 * Decides at once what needs no ledger but that of assets, as every scan for an event; `load` brings what decides all
 * kinds, once, and again after it failed.
 */
export function createLazyDeciding(load: () => Promise<Deciding>): FindDeciding {
  let loading: Promise<Deciding> | null = null;
  return async (kinds) => {
    if (kinds.every(isFactKind)) return decideFactsAlone;
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}

const decideFactsAlone: Deciding = {
  readsOf: ({ intent }) => readsOfFacts(factsOf(intent)),
  decide: (operation, workingSet, context) =>
    decideFacts({ ...operation, intent: factsOf(operation.intent) }, workingSet, context),
};

const factKinds: Readonly<Record<FactIntent['kind'], true>> = {
  check_out: true,
  check_in: true,
  move: true,
  pack: true,
  unpack: true,
  found: true,
  quarantine: true,
  release: true,
  repair_start: true,
  repair_done: true,
  inspection_result: true,
  retire: true,
  seal: true,
  open: true,
  resolve: true,
};

function isFactKind(kind: IntentKind): kind is FactIntent['kind'] {
  return Object.hasOwn(factKinds, kind);
}

function factsOf(intent: Intent): FactIntent {
  if (!isFactKind(intent.kind)) throw new Error(`${intent.kind} is not decided by facts about assets alone`);
  return intent as FactIntent;
}
