/** Keycloak's own admin API, as far as the test needs it. */
export type KeycloakAdmin = {
  /** Somebody with a verified address and these roles of the realm; answers their id there. */
  addPerson(person: {
    readonly email: string;
    readonly password: string;
    readonly roles: readonly string[];
  }): Promise<string>;
  /** These roles of ours and no other ones. */
  setRoles(personId: string, roles: readonly string[]): Promise<void>;
  /** Answers the status: 400 where the policy of the realm refuses it. */
  setPassword(personId: string, password: string): Promise<number>;
  setEnabled(personId: string, enabled: boolean): Promise<void>;
  /** Names of the person's sessions, also of those that only a refresh token for offline use keeps. */
  sessionsOf(personId: string): Promise<readonly string[]>;
  endSession(sid: string): Promise<void>;
  /** All sessions of a person at once. */
  signOut(personId: string): Promise<void>;
  isLockedOut(personId: string): Promise<boolean>;
};

const ROLES = ['admin', 'manager', 'planner', 'warehouse', 'sales', 'crew', 'read_only'];

export async function signInAsAdmin(
  url: string,
  { name, password }: { readonly name: string; readonly password: string },
): Promise<KeycloakAdmin> {
  const base = `${url}/admin/realms/eventkit`;

  /** A token for each call: they live a minute. */
  async function call(method: string, path: string, body?: unknown): Promise<Response> {
    const granted = await fetch(`${url}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ grant_type: 'password', client_id: 'admin-cli' },
        ...{ username: name, password },
      }),
    });
    if (!granted.ok) throw new Error(`Keycloak gave no administrator a token: ${await granted.text()}`);
    const { access_token: token } = (await granted.json()) as { access_token: string };
    return fetch(`${base}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async function done(method: string, path: string, body?: unknown): Promise<Response> {
    const answer = await call(method, path, body);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  async function read<T>(path: string): Promise<T> {
    return (await (await done('GET', path)).json()) as T;
  }

  async function setRoles(personId: string, roles: readonly string[]): Promise<void> {
    const known = await read<{ name: string }[]>('/roles');
    const path = `/users/${personId}/role-mappings/realm`;
    const ours = known.filter((role) => ROLES.includes(role.name));
    await done('DELETE', path, ours);
    await done(
      'POST',
      path,
      ours.filter((role) => roles.includes(role.name)),
    );
  }

  const [client] = await read<{ id: string }[]>('/clients?clientId=eventkit');
  if (client === undefined) throw new Error('the realm has no client of ours');

  return {
    setRoles,
    async addPerson({ email, password: own, roles }) {
      const [firstName] = email.split('@');
      const answer = await done('POST', '/users', {
        ...{ username: email, email, emailVerified: true, enabled: true, firstName, lastName: 'Test' },
        credentials: [{ type: 'password', value: own, temporary: false }],
      });
      const id = answer.headers.get('location')?.split('/').at(-1) ?? '';
      await setRoles(id, roles);
      return id;
    },
    async setPassword(personId, value) {
      const password = { type: 'password', value, temporary: false };
      return (await call('PUT', `/users/${personId}/reset-password`, password)).status;
    },
    async setEnabled(personId, enabled) {
      await done('PUT', `/users/${personId}`, { enabled });
    },
    async sessionsOf(personId) {
      const paths = [`/users/${personId}/sessions`, `/users/${personId}/offline-sessions/${client.id}`];
      const lists = await Promise.all(paths.map((path) => read<{ id: string }[]>(path)));
      return lists.flat().map(({ id }) => id);
    },
    async endSession(sid) {
      await done('DELETE', `/sessions/${sid}`);
    },
    async signOut(personId) {
      await done('POST', `/users/${personId}/logout`);
    },
    async isLockedOut(personId) {
      return (await read<{ disabled: boolean }>(`/attack-detection/brute-force/users/${personId}`)).disabled;
    },
  };
}
