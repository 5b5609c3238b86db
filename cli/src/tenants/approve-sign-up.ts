import { companySlug } from '@eventkit/shared/settings/company-slug.ts';
import { CliError } from '#cli-error.ts';
import { storeCompany } from '#commands/store-company.ts';
import type { Config } from '#config.ts';
import type { SignUpOptions } from '#parse-arguments.ts';
import { systemClock } from '#system-clock.ts';
import { decide, problemOf } from './decide.ts';
import { readTenants } from './tenant-rows.ts';
import { withOwnerPool } from './with-owner-pool.ts';

/** Makes the company that was asked for, with whoever asked as its first administrator, who is told by mail. */
export async function approveSignUp(
  config: Config,
  { id, slug: wanted, json }: SignUpOptions,
): Promise<void> {
  await withOwnerPool(config, async (pool, ownerUrl) => {
    const { signUps } = await readTenants(pool);
    const signUp = signUps.find((one) => one.id === id.toLowerCase());
    if (signUp === undefined) throw new CliError(problemOf.unknown);
    if (wanted !== undefined && companySlug(wanted) !== wanted)
      throw new CliError('--slug must be letters from a to z, digits and single dashes.');
    const { name, personName, email, locale, timeZone, currency } = signUp;
    const slug = wanted ?? signUp.slug;
    const stored = await storeCompany(
      systemClock,
      ownerUrl,
      { name, slug, locale, timeZone, currency, admin: { name: personName, email } },
      { command: 'tenants approve', tenantId: signUp.id, within: (tx) => decide(tx, 'approved', '') },
    );
    if (!stored.ok) throw new CliError(problemWith(stored.error.tag, slug, email));
    console.log(
      json
        ? JSON.stringify({ id: signUp.id, slug, state: 'approved' })
        : `${name} is there (${slug}). ${personName} is told by e-mail as soon as the server does its jobs.`,
    );
  });
}

function problemWith(
  tag: 'company_exists' | 'email_taken' | keyof typeof problemOf,
  slug: string,
  email: string,
): string {
  if (tag === 'company_exists')
    return `There is a company "${slug}" already. Give this one another short name: --slug.`;
  if (tag === 'email_taken')
    return `${email} has become a user of another company meanwhile. Refuse the request, and say so.`;
  return problemOf[tag];
}
