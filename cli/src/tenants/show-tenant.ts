import { CliError } from '#cli-error.ts';
import type { Config } from '#config.ts';
import type { SignUpOptions } from '#parse-arguments.ts';
import { readTenants } from './tenant-rows.ts';
import { withOwnerPool } from './with-owner-pool.ts';

/** Prints all that there is to know of one company, and of the request that it came from. */
export async function showTenant(config: Config, { id, json }: SignUpOptions): Promise<void> {
  await withOwnerPool(config, async (pool) => {
    const { companies, signUps } = await readTenants(pool);
    const company = companies.find((one) => one.id === id.toLowerCase()) ?? null;
    const signUp = signUps.find((one) => one.id === id.toLowerCase()) ?? null;
    if (company === null && signUp === null) throw new CliError(`There is no company and no request ${id}.`);
    if (json) console.log(JSON.stringify({ company, signUp }));
    else
      for (const [name, value] of Object.entries({ ...signUp, ...company }))
        console.log(`${name.padEnd(12)} ${Array.isArray(value) ? value.join(', ') : value}`);
  });
}
