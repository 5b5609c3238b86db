import { migrate } from '@eventkit/database/migrate.ts';
import { CliError } from '#cli-error.ts';
import type { Config } from '#config.ts';
import type { NewCompanyOptions } from '#parse-arguments.ts';
import { systemClock } from '#system-clock.ts';
import { readNewCompany } from './read-new-company.ts';
import { storeCompany } from './store-company.ts';
import { withDatabase } from './with-database.ts';

/** Makes a company in an installation of one's own. Run twice it says so and changes nothing. */
export async function createCompany(
  config: Config,
  { json = false, ...options }: NewCompanyOptions & { readonly json?: boolean },
): Promise<void> {
  const company = readNewCompany(options);
  if (!company.ok) throw new CliError(company.error.join('\n  '));
  const { name, slug, admin } = company.value;
  await withDatabase(config, async (ownerUrl) => {
    await migrate(ownerUrl);
    const stored = await storeCompany(systemClock, ownerUrl, company.value);
    if (!stored.ok && stored.error.tag === 'email_taken')
      throw new CliError(
        `${admin.email} is a user of another company already. An address belongs to one company: use another one.`,
      );
    if (json)
      console.log(
        JSON.stringify({ slug, isNew: stored.ok, ...(stored.ok ? { id: stored.value.tenantId } : {}) }),
      );
    else if (stored.ok)
      console.log(
        `${name} is there (${slug}). ${admin.name} signs in with ${admin.email} and is its administrator.`,
      );
    else console.log(`A company "${slug}" is there already; nothing was changed.`);
  });
}
