import { expect, it } from 'vitest';
import type { Intent, Operation } from '#operations/operation.ts';
import { emptyWorkingSet, noEffects } from '#operations/working-set.ts';
import { mayRecord, rightByOperation } from './permission-by-operation.ts';
import { rightsNeeded } from './rights-needed.ts';
import { builtInRoles, permissionsByRole } from './roles.ts';

const kinds = Object.keys(rightByOperation) as (keyof typeof rightByOperation)[];
const meaning = (kind: Intent['kind']) => ({ intent: { kind } }) as Operation;

it.each(kinds)('[UP15] %s asks for what the table says', (kind) => {
  expect(rightsNeeded(meaning(kind), noEffects, emptyWorkingSet())).toEqual([rightByOperation[kind]]);
});

it('[UP15] an edit asks for what its table says, and an undo of nothing for nothing', () => {
  for (const kind of ['edit_fields', 'create_row', 'delete_row', 'restore_row', 'undo'] as const)
    expect(rightsNeeded(meaning(kind), noEffects, emptyWorkingSet())).toEqual([]);
});

it('only what is decided, not done, can be refused', () => {
  const decisions = kinds.filter((kind) => rightByOperation[kind].without === 'refused');
  expect(decisions).toEqual(['release', 'retire', 'approve_stocktake']);
});

it('the warehouse does all of it, and who only reads does none', () => {
  for (const kind of kinds) {
    expect(mayRecord(kind, permissionsByRole.warehouse)).toBe(true);
    for (const role of builtInRoles.filter((one) => ['sales', 'crew', 'read_only'].includes(one)))
      expect(mayRecord(kind, permissionsByRole[role])).toBe(false);
  }
});
