import { expect, test } from 'vitest';
import { operationIdsOf } from './operation-ids-of.ts';
import type { RowChange } from './transaction-reader.ts';

const relationOf = (name: string, ...columns: string[]) => ({
  oid: name.length,
  schema: 'public',
  name,
  replicaIdentity: 'd',
  columns: columns.map((column) => ({ name: column, isKey: column === 'id', typeOid: 25 })),
});
const movements = relationOf('movements', 'id', 'operation_id');
const assets = relationOf('assets', 'operation_of_nobody', 'id');

test('operations are named by the rows that came of them, each once', () => {
  const row = (relation: typeof movements, ...values: (string | null)[]): RowChange => ({
    tag: 'row',
    relation,
    old: null,
    row: values,
  });
  const changes: RowChange[] = [
    row(movements, 'one:0', 'one'),
    row(movements, 'one:1', 'one'),
    row(assets, 'x', 'lamp'),
    row(movements, 'none', null),
    { tag: 'row', relation: movements, old: ['two:0', 'two'], row: null },
    { tag: 'truncate', relations: [movements] },
    row(movements, 'three:0', 'three'),
  ];
  expect([...operationIdsOf(changes)]).toEqual(['one', 'three']);
});
