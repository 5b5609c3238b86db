import { permissionByRpc } from '@eventkit/api/http/permission-by-rpc.ts';
import { isPermission } from '@eventkit/shared/permissions/roles.ts';
import { CliError } from '#cli-error.ts';

const PACKAGE = 'eventkit.v1.';

/** A call that a key can make, as `Service/Method`, and the scope that it asks for; null where any key will do. */
export type KnownCall = { readonly name: string; readonly scope: string | null };

/** All that a key can ever call, by name. */
export const knownCalls: readonly KnownCall[] = Object.entries(permissionByRpc)
  .filter(([, wanted]) => wanted === 'signed_in' || isPermission(wanted))
  .map(([rpc, wanted]) => ({
    name: rpc.slice(PACKAGE.length),
    scope: wanted === 'signed_in' ? null : wanted,
  }))
  .toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** By `Service/Method`, or by the method alone, in whatever capitals. Throws a CliError that names the nearest. */
export function findCall(typed: string): KnownCall {
  const wanted = typed.toLowerCase();
  const found = knownCalls.filter(({ name }) => {
    const lower = name.toLowerCase();
    return lower === wanted || lower.split('/')[1] === wanted;
  });
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const near = (
    found.length > 1 ? found : knownCalls.filter(({ name }) => name.toLowerCase().includes(wanted))
  )
    .slice(0, 5)
    .map(({ name }) => name);
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'eventkit api lists all calls.';
  throw new CliError(`There is no call "${typed}" for keys. ${hint}`);
}

/** The path of a call below the address of the server. */
export function pathOf({ name }: KnownCall): string {
  return PACKAGE + name;
}
