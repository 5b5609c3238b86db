import { Code, ConnectError } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';
import { expect, it } from 'vitest';
import { problemsOf } from './problem-of.ts';

const refusing = (reason: string, field: string, brokenFields: readonly string[] = []) =>
  new ConnectError('no', Code.InvalidArgument, undefined, [
    {
      desc: ErrorDetailSchema,
      value: {
        ...{ reason, field, holderNames: ['Ida', 'Ole'] },
        violations: brokenFields.map((broken) => ({ field: broken, rule: 'x', message: '' })),
      },
    },
  ]);
const saidOf = (error: unknown) => problemsOf(error).map(({ problem, field }) => [problem, field]);

it('tells every broken rule at the field of the form that it is about', () => {
  expect(saidOf(refusing('invalid', 'name', ['role.built_in', 'email', 'name']))).toEqual([
    ['name', 'name'],
    ['email', 'email'],
    ['role', 'role'],
  ]);
  expect(saidOf(refusing('invalid', '', ['permissions.permissions[3]', 'permissions[0]']))).toEqual([
    ['permissions', 'permissions'],
  ]);
});

it.each([
  ['email_taken', 'email', 'email'],
  ['not_found', 'role.own_role_id', 'role'],
  ['own_account', 'role', 'role'],
  ['last_admin', 'person_id', null],
  ['role_held', 'role_id', null],
  ['not_found', 'role_id', null],
])('says %s of %s at %s', (reason, wireName, field) => {
  expect(problemsOf(refusing(reason, wireName))).toEqual([{ problem: reason, field, names: 'Ida, Ole' }]);
});

it.each([
  new TypeError('Failed to fetch'),
  refusing('unheard_of', ''),
  refusing('invalid', '', ['person_id']),
])('has words for what it knows nothing of', (error) => {
  expect(saidOf(error)).toEqual([['other', null]]);
});
