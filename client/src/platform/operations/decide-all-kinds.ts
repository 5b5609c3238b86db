import { decideOperation } from '@eventkit/shared/operations/decide-operation.ts';
import { readsOf } from '@eventkit/shared/operations/reads-of.ts';
import type { Deciding } from './deciding.ts';

/** Decides operations of every kind, with all ledgers. */
export const decideAllKinds: Deciding = { readsOf, decide: decideOperation };
