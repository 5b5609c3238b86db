import { rowsOf } from '@eventkit/shared/operations/subject-state.ts';
import { leadsTo } from '#simulation/label-oracle.ts';
import { expectLedger } from '#simulation/ledger-oracle.ts';
import { stockOf } from '#simulation/stock-of.ts';
import type { CompanyRecord } from './check-server.ts';
import type { World } from './world.ts';

/**
 * I4: each label is on what the oracle says. I9: what was done with several things at once is there for all of them or,
 * until all are known, for none.
 */
export function checkLabels(world: World, { tenant, tables }: CompanyRecord): void {
  const stood = [...tables.operationsById.values()].filter(({ verdict }) => verdict !== 'refused');
  const { labels } = expectLedger(stockOf(tenant), stood);
  const rows = [...tables.ledger.subjectsByKey.values()].flatMap((state) => rowsOf(state, 'labels'));
  const found = new Map(rows.map((row) => [row.value ?? '', leadsTo(row)]));
  for (const code of new Set([...found.keys(), ...labels.targetsByCode.keys()])) {
    const said = labels.targetsByCode.get(code);
    if (said !== found.get(code)) {
      world.violate('I4', `label ${code} is on ${found.get(code)}, the oracle says ${said}`);
    }
  }
  for (const one of stood) {
    const { id, intent } = one.operation;
    if (!('members' in intent)) continue;
    const count = tables.ledger.assetIdsByOperationId.get(id)?.length ?? 0;
    const wanted = labels.thingsOf(one).filter((thing) => thing !== null).length;
    if (count !== wanted) world.violate('I9', `${id} (${one.reason}) moved ${count} of ${wanted}`);
  }
}
