import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { companySlug } from '@eventkit/shared/settings/company-slug.ts';
import { pretends } from '@eventkit/shared/settings/look-alike.ts';
import type { NewCompanyOptions } from '#parse-arguments.ts';

/** A company and its first administrator, checked. */
export type NewCompany = {
  readonly name: string;
  /** From the name; tells companies apart, also on a second run of the same command. */
  readonly slug: string;
  readonly locale: 'de' | 'en';
  /** IANA name, as the platform spells it. */
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly admin: {
    readonly name: string;
    /** Lower case. */
    readonly email: string;
  };
};

const LONGEST_NAME = 100;
const LONGEST_EMAIL = 254;

/** Answers all problems at once, each naming its option and the way out. */
export function readNewCompany(options: NewCompanyOptions): Result<NewCompany, readonly string[]> {
  const problems: string[] = [];
  const text = (option: 'name' | 'admin-name') => {
    const value = (options[option] ?? '').trim().replaceAll(/\s+/g, ' ');
    if (value === '' || value.length > LONGEST_NAME || pretends(value)) {
      problems.push(
        `--${option} must be a name of 1 to ${LONGEST_NAME} characters, each word in one script.`,
      );
    }
    return value;
  };
  const name = text('name');
  const slug = companySlug(name);
  if (name !== '' && slug === '') problems.push('--name must hold a letter from a to z or a digit.');
  const adminName = text('admin-name');
  const email = (options['admin-email'] ?? '').trim().toLowerCase();
  if (!/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email) || email.length > LONGEST_EMAIL) {
    problems.push(
      '--admin-email must be the e-mail address that the identity provider knows, e.g. lea@example.com.',
    );
  }
  const locale = options.locale ?? 'en';
  if (locale !== 'de' && locale !== 'en') problems.push('--locale must be de or en.');
  const timeZone = timeZoneOf(options['time-zone'] ?? 'Europe/Vienna');
  if (timeZone === null) problems.push('--time-zone must be a name of the IANA list, e.g. Europe/Vienna.');
  const currency = (options.currency ?? 'EUR').toUpperCase();
  if (!Intl.supportedValuesOf('currency').includes(currency))
    problems.push('--currency must be a code of ISO 4217, e.g. EUR.');
  if (problems.length > 0 || (locale !== 'de' && locale !== 'en') || timeZone === null) return err(problems);
  return ok({ name, slug, locale, timeZone, currency, admin: { name: adminName, email } });
}

function timeZoneOf(wanted: string): string | null {
  const known = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  return known.find((name) => name.toLowerCase() === wanted.toLowerCase()) ?? null;
}
