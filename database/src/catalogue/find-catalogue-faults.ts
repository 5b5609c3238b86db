import type { ColumnType } from '@eventkit/shared/schema/synced-table.ts';
import { syncedTables } from '@eventkit/shared/schema/synced-tables.ts';
import type pg from 'pg';
import {
  auditedTables,
  definerFunctions,
  keysWithoutTenant,
  otherPolicies,
  otherSchemas,
  tablesWithoutTenant,
  unauditedTables,
} from './catalogue-rules.ts';

/**
 * Walks the catalogue of a migrated database and says in words where isolation, the audit trail or replication has a
 * gap. Empty where all is well.
 */
export async function findCatalogueFaults(client: Pick<pg.ClientBase, 'query'>): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const check of checks) faults.push(...(await check(client)));
  return faults.sort();
}

type Client = Pick<pg.ClientBase, 'query'>;

/** Every role of the running system; what is checked of one is checked of all. */
const ROLES = ['eventkit_app', 'eventkit_sync', 'eventkit_jobs'] as const;
const ROLES_IN_SQL = ROLES.map((name) => `'${name}'`).join(', ');

const checks: readonly ((client: Client) => Promise<string[]>)[] = [
  checkTables,
  checkPolicies,
  checkViews,
  checkForeignKeys,
  checkUniqueKeys,
  checkRoles,
  checkGrants,
  checkSchemas,
  checkDefinerFunctions,
  checkAudit,
  checkPublication,
];

async function rowsOf<Row extends pg.QueryResultRow>(client: Client, sql: string): Promise<Row[]> {
  return (await client.query<Row>(sql)).rows;
}

async function checkTables(client: Client): Promise<string[]> {
  const tables = await rowsOf<{
    name: string;
    hasTenant: boolean;
    isEnabled: boolean;
    isForced: boolean;
    hasPolicy: boolean;
  }>(
    client,
    `SELECT c.relname AS name, c.relrowsecurity AS "isEnabled", c.relforcerowsecurity AS "isForced",
       EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnotnull) AS "hasTenant",
       EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'own_tenant') AS "hasPolicy"
     FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'f', 'm')`,
  );
  return tables.flatMap(({ name, hasTenant, isEnabled, isForced, hasPolicy }) => {
    if (!hasTenant) return tablesWithoutTenant.has(name) ? [] : [`table ${name} has no tenant_id NOT NULL`];
    return [
      ...(isEnabled ? [] : [`table ${name}: row-level security is not enabled`]),
      ...(isForced ? [] : [`table ${name}: row-level security is not forced`]),
      ...(hasPolicy ? [] : [`table ${name} has no policy own_tenant`]),
    ];
  });
}

const OWN_TENANT = '(tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))';

async function checkPolicies(client: Client): Promise<string[]> {
  const policies = await rowsOf<{
    table: string;
    name: string;
    roles: string[];
    owner: string;
    command: string;
    reads: string | null;
    writes: string | null;
  }>(
    client,
    `SELECT tablename AS table, policyname AS name, roles::text[], cmd AS command, qual AS reads, with_check AS writes,
       (SELECT tableowner FROM pg_tables t WHERE t.schemaname = p.schemaname AND t.tablename = p.tablename) AS owner
     FROM pg_policies p WHERE schemaname = 'public'`,
  );
  return policies.flatMap(({ table, name, roles, owner, command, reads, writes }) => {
    if (name === 'own_tenant') {
      const isWhole = reads === OWN_TENANT && writes === OWN_TENANT && command === 'ALL';
      return isWhole ? [] : [`policy own_tenant of ${table} does not hold to the tenant`];
    }
    const allowed = otherPolicies.get(name);
    const role = allowed === 'owner' ? owner : allowed;
    if (role === undefined) return [`policy ${name} of ${table} is not on the list`];
    const isNarrow = command === 'SELECT' && roles.length === 1 && roles[0] === role;
    return isNarrow ? [] : [`policy ${name} of ${table} is for more than reading by ${role}`];
  });
}

async function checkViews(client: Client): Promise<string[]> {
  const views = await rowsOf<{ name: string; kind: string; options: string[] | null }>(
    client,
    `SELECT relname AS name, relkind AS kind, reloptions AS options FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')`,
  );
  return views.flatMap(({ name, kind, options }) => {
    if (kind === 'm') return [`materialised view ${name} shows all tenants`];
    return options?.includes('security_invoker=true') === true ||
      options?.includes('security_invoker=on') === true
      ? []
      : [`view ${name} is not security_invoker`];
  });
}

async function checkForeignKeys(client: Client): Promise<string[]> {
  const keys = await rowsOf<{ name: string; from: string; columns: string[]; referenced: string[] }>(
    client,
    `SELECT conname AS name, conrelid::regclass::text AS from, ${columnsOf('conrelid', 'conkey')} AS columns,
       ${columnsOf('confrelid', 'confkey')} AS referenced
     FROM pg_constraint k WHERE contype = 'f' AND connamespace = 'public'::regnamespace`,
  );
  return keys.flatMap(({ name, from, columns, referenced }) => {
    const at = columns.indexOf('tenant_id');
    const pairs = at >= 0 && (referenced[at] === 'tenant_id' || referenced.join() === 'id');
    return pairs ? [] : [`foreign key ${name} of ${from} leaves the tenant out`];
  });
}

async function checkUniqueKeys(client: Client): Promise<string[]> {
  const keys = await rowsOf<{ name: string; table: string; columns: string[] }>(
    client,
    `SELECT i.indexrelid::regclass::text AS name, i.indrelid::regclass::text AS table,
       ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)) AS columns
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
     WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace`,
  );
  return keys.flatMap(({ name, table, columns }) =>
    columns.includes('tenant_id') || keysWithoutTenant.has(name) || tablesWithoutTenant.has(table)
      ? []
      : [`unique key ${name} of ${table} leaves the tenant out`],
  );
}

async function checkRoles(client: Client): Promise<string[]> {
  const roles = await rowsOf<{ name: string; canMuch: boolean; owned: string[] }>(
    client,
    `SELECT rolname AS name, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolcanlogin AS "canMuch",
       ARRAY(SELECT c.relname::text FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND c.relnamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace)) AS owned
     FROM pg_roles r WHERE rolname IN (${ROLES_IN_SQL})`,
  );
  const missing = ROLES.filter((name) => !roles.some((role) => role.name === name));
  return [
    ...missing.map((name) => `role ${name} is missing`),
    ...roles.flatMap(({ name, canMuch }) => (canMuch ? [`role ${name} has rights of an administrator`] : [])),
    ...roles.flatMap(({ name, owned }) => owned.map((table) => `role ${name} owns ${table}`)),
  ];
}

const HARMLESS: Readonly<Record<string, readonly string[]>> = {
  eventkit_app: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  eventkit_sync: ['SELECT'],
  eventkit_jobs: [],
  PUBLIC: [],
};

async function checkGrants(client: Client): Promise<string[]> {
  const grants = await rowsOf<{ table: string; role: string; right: string }>(
    client,
    `SELECT c.relname AS table, coalesce(r.rolname, 'PUBLIC') AS role, g.privilege_type AS right
     FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
     WHERE c.relnamespace = 'public'::regnamespace AND (r.oid IS NULL OR r.rolname IN (${ROLES_IN_SQL}))`,
  );
  return grants.flatMap(({ table, role, right }) => {
    if (tablesWithoutTenant.has(table)) return [`${role} has rights on ${table}`];
    const isAudit = table.startsWith('audit_') && (right === 'UPDATE' || right === 'DELETE');
    return HARMLESS[role]?.includes(right) === true && !isAudit ? [] : [`${role} may ${right} on ${table}`];
  });
}

async function checkSchemas(client: Client): Promise<string[]> {
  const uses = await rowsOf<{ schema: string; role: string; canCreate: boolean }>(
    client,
    `SELECT n.nspname AS schema, r.rolname AS role, has_schema_privilege(r.oid, n.oid, 'CREATE') AS "canCreate"
     FROM pg_namespace n CROSS JOIN pg_roles r
     WHERE r.rolname IN (${ROLES_IN_SQL}) AND has_schema_privilege(r.oid, n.oid, 'USAGE')
       AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`,
  );
  return uses.flatMap(({ schema, role, canCreate }) => {
    if (schema === 'public') return canCreate ? [`${role} may create in public`] : [];
    return otherSchemas.get(schema) === role ? [] : [`${role} may use schema ${schema}`];
  });
}

async function checkDefinerFunctions(client: Client): Promise<string[]> {
  const functions = await rowsOf<{ name: string; settings: string[] | null; isPublic: boolean }>(
    client,
    `SELECT proname AS name, proconfig AS settings,
       EXISTS (SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) g WHERE g.grantee = 0) AS "isPublic"
     FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace`,
  );
  return functions.flatMap(({ name, settings, isPublic }) => [
    ...(definerFunctions.has(name)
      ? []
      : [`function ${name} runs with the owner's rights and is not on the list`]),
    ...(settings?.includes('search_path=pg_catalog') === true
      ? []
      : [`function ${name} runs with the owner's rights and no fixed search_path`]),
    ...(isPublic ? [`function ${name} runs with the owner's rights for everybody`] : []),
  ]);
}

async function checkAudit(client: Client): Promise<string[]> {
  const tables = await rowsOf<{ name: string; isFact: boolean; triggers: string[]; isCurrent: boolean }>(
    client,
    `SELECT c.relname AS name, names_its_cause(c.oid) AS "isFact", ARRAY(
       SELECT t.tgname::text FROM pg_trigger t
       WHERE t.tgrelid = c.oid AND t.tgfoid = writer.oid AND t.tgenabled IN ('O', 'A') ORDER BY 1
     ) AS triggers,
     coalesce(writer.prosrc = audit_source(c.oid), false) AS "isCurrent"
     FROM pg_class c LEFT JOIN pg_proc writer
       ON writer.pronamespace = c.relnamespace AND writer.proname = 'write_audit_of_' || c.relname
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
  );
  return tables.flatMap(({ name, isFact, triggers, isCurrent }) => {
    if (tablesWithoutTenant.has(name) || unauditedTables.has(name)) return [];
    if (!auditedTables.includes(name)) return [`table ${name} is neither audited nor said to need no audit`];
    // A fact's own row is the first entry of its trail.
    const wanted = isFact ? 'audit_delete,audit_update' : 'audit_delete,audit_insert,audit_update';
    if (triggers.join() !== wanted) {
      return [`table ${name} is not audited for every change`];
    }
    return isCurrent ? [] : [`table ${name} has changed: its migration must call audit_changes again`];
  });
}

/** PostgreSQL types whose values become these on a device. */
const FITTING: Readonly<Record<ColumnType, readonly string[]>> = {
  text: ['text', 'uuid', 'timestamptz'],
  integer: ['int4', 'int8', 'bool'],
  real: ['float8', 'float4', 'numeric'],
};

async function checkPublication(client: Client): Promise<string[]> {
  const published = await rowsOf<{ table: string }>(
    client,
    `SELECT tablename AS table FROM pg_publication_tables WHERE pubname = 'powersync'`,
  );
  const columns = await rowsOf<{ table: string; name: string; type: string }>(
    client,
    `SELECT c.relname AS table, a.attname AS name, t.typname AS type
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
     WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped`,
  );
  const typesByColumn = new Map(columns.map(({ table, name, type }) => [`${table}.${name}`, type]));
  const names = new Set(published.map(({ table }) => table));
  const unexpected = [...names].filter((name) => !Object.hasOwn(syncedTables, name));
  const faults = unexpected.map((name) => `table ${name} is published, but no device holds it`);
  for (const [table, { columns: wanted }] of Object.entries(syncedTables)) {
    if (!names.has(table)) faults.push(`table ${table} is not published`);
    for (const [column, type] of [['id', 'text'] as const, ...Object.entries(wanted)]) {
      const found = typesByColumn.get(`${table}.${column}`);
      if (found === undefined) faults.push(`synced column ${table}.${column} does not exist`);
      else if (!FITTING[type].includes(found)) {
        faults.push(`synced column ${table}.${column} is ${found}, which does not become ${type}`);
      }
    }
  }
  return faults;
}

function columnsOf(relation: string, key: string): string {
  return `ARRAY(
    SELECT a.attname::text FROM unnest(k.${key}) WITH ORDINALITY AS u (number, position)
    JOIN pg_attribute a ON a.attrelid = k.${relation} AND a.attnum = u.number ORDER BY u.position
  )`;
}
