import { describe, expect, test } from 'vitest';
import { type ClaimSettings, isAllTold, noClaims, readProviderWord } from './provider-claims.ts';

const keycloak: ClaimSettings = { ...noClaims, rolesClaim: 'realm_access.roles' };

function rolesIn(claims: Record<string, unknown>, settings: ClaimSettings = keycloak) {
  return readProviderWord(settings, [claims]).roleNames;
}

test('nothing is read unless it is said where', () => {
  const claims = { realm_access: { roles: ['admin'] }, tenant: 'nordlicht' };
  expect(readProviderWord(noClaims, [claims])).toEqual({ roleNames: null, tenant: null });
  expect(isAllTold(noClaims, {})).toBe(true);
});

describe('roles', () => {
  test('lie at a path, or in a claim whose name has dots in it', () => {
    expect(rolesIn({ realm_access: { roles: ['planner', 'crew'] } })).toEqual(['planner', 'crew']);
    const rolesClaim = 'https://rental.example.com/roles';
    expect(rolesIn({ [rolesClaim]: ['sales'] }, { ...noClaims, rolesClaim })).toEqual(['sales']);
    expect(rolesIn({ groups: 'sales' }, { ...noClaims, rolesClaim: 'groups' })).toEqual(['sales']);
  });

  test.each([
    [{}],
    [{ realm_access: null }],
    [{ realm_access: 'admin' }],
    [{ realm_access: { roles: { admin: true } } }],
    [{ realm_access: { roles: [['admin'], 1, null] } }],
    [{ roles: ['admin'] }],
  ])('there are none in %j', (claims) => {
    expect(rolesIn(claims)).toEqual([]);
  });

  test('nothing is found in what every object has', () => {
    expect(rolesIn({}, { ...noClaims, rolesClaim: 'constructor.name' })).toEqual([]);
  });

  test('with names given for them: only those count', () => {
    const settings = { ...keycloak, roleByName: new Map([['eventkit-lager', 'warehouse']]) };
    expect(rolesIn({ realm_access: { roles: ['admin', 'eventkit-lager'] } }, settings)).toEqual([
      'warehouse',
    ]);
  });
});

test('the first that tells a thing is believed', () => {
  const settings = { ...keycloak, tenantClaim: 'company' };
  const idToken = { realm_access: { roles: ['crew'] } };
  const userInfo = { realm_access: { roles: ['admin'] }, company: 'nordlicht' };
  expect(isAllTold(settings, idToken)).toBe(false);
  expect(readProviderWord(settings, [idToken, userInfo])).toEqual({
    roleNames: ['crew'],
    tenant: 'nordlicht',
  });
});

test.each([[{}], [{ company: 7 }], [{ company: null }], [{ company: ['a'] }]])(
  'a company that is named nowhere is none, not any (%j)',
  (claims) => {
    expect(readProviderWord({ ...noClaims, tenantClaim: 'company' }, [claims]).tenant).toBe('');
  },
);
