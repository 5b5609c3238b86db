import type { Config } from '#config.ts';
import { type CompanyRow, readTenants, type SignUpRow } from './tenant-rows.ts';
import { withOwnerPool } from './with-owner-pool.ts';

/** Prints the companies, and those that ask to be let in. */
export async function listTenants(config: Config, { json }: { readonly json: boolean }): Promise<void> {
  await withOwnerPool(config, async (pool) => {
    const tenants = await readTenants(pool);
    console.log(json ? JSON.stringify(tenants) : describeTenants(tenants));
  });
}

/** For people: what waits for a decision comes first. */
export function describeTenants({
  companies,
  signUps,
}: {
  readonly companies: readonly CompanyRow[];
  readonly signUps: readonly SignUpRow[];
}): string {
  const open = signUps.filter(({ state }) => state === 'waiting' || state === 'unconfirmed');
  return [
    ...(open.length === 0 ? ['Nobody asks to be let in.'] : ['Asking to be let in:']),
    ...open.map(
      ({ id, name, personName, email, state, requestedAt, looksLike }) =>
        `  ${id}  ${state.padEnd(11)}  ${requestedAt}  ${name}: ${personName}, ${email}${
          looksLike.length === 0 ? '' : `  (looks like ${looksLike.join(', ')})`
        }`,
    ),
    ...(companies.length === 0 ? ['There is no company yet.'] : ['Companies:']),
    ...companies.map(
      ({ id, slug, name, personCount }) =>
        `  ${id}  ${slug}  ${name}, ${personCount} ${personCount === 1 ? 'person' : 'people'}`,
    ),
  ].join('\n');
}
