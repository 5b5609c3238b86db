import type { IntentKind, Operation } from '@eventkit/shared/operations/operation.ts';
import type {
  Decision,
  DecisionContext,
  ReadRequest,
  WorkingSet,
} from '@eventkit/shared/operations/working-set.ts';

/** What operations of some kinds need to be decided, and their decision. */
export type Deciding = {
  readonly readsOf: (operation: Operation) => ReadRequest;
  readonly decide: (operation: Operation, workingSet: WorkingSet, context: DecisionContext) => Decision;
};

/** The deciding of operations of all these kinds; rejects where its code cannot be loaded. */
export type FindDeciding = (kinds: readonly IntentKind[]) => Promise<Deciding>;
