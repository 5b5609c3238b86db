import { create } from '@bufbuild/protobuf';
import { ChangeAction, ChangeSchema } from '@eventkit/proto/gen/eventkit/v1/audit_pb.ts';
import { expect, it } from 'vitest';
import { readChange } from './read-changes.ts';

const fieldsOf = (...fields: readonly { name: string; oldJson: string; newJson: string }[]) =>
  readChange(create(ChangeSchema, { action: ChangeAction.UPDATE, fields: [...fields] })).fields;

it('shows text as it is, other values as JSON, nothing as a dash, and long ones cut', () => {
  expect(
    fieldsOf(
      { name: 'name', oldJson: '"Dock \\"2\\""', newJson: '""' },
      { name: 'quantity', oldJson: '4', newJson: 'null' },
      { name: 'note', oldJson: '{"a":[1]}', newJson: `"${'x'.repeat(200)}"` },
    ),
  ).toEqual([
    { name: 'name', before: 'Dock "2"', since: '', earlier: 'Dock "2"' },
    { name: 'note', before: '{"a":[1]}', since: `${'x'.repeat(80)}…`, earlier: undefined },
    { name: 'quantity', before: '4', since: '–', earlier: 4 },
  ]);
});

it('has no value before a record was made, and none after it was removed', () => {
  expect(fieldsOf({ name: 'name', oldJson: '', newJson: '"A"' })[0]).toMatchObject({
    before: null,
    since: 'A',
  });
  expect(fieldsOf({ name: 'name', oldJson: '"A"', newJson: '' })[0]).toMatchObject({
    before: 'A',
    since: null,
  });
});

it.each([
  [ChangeAction.INSERT, 'insert'],
  [ChangeAction.UPDATE, 'update'],
  [ChangeAction.DELETE, 'delete'],
] as const)('%s is said as %s', (action, said) => {
  expect(readChange(create(ChangeSchema, { action })).action).toBe(said);
});
