import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { NewCompanyOptions } from '#parse-arguments.ts';

/** A company and its first administrator, checked. */
export type NewCompany = {
  readonly name: string;
  /** From the name; tells companies apart, also on a second run of the same command. */
  readonly slug: string;
  readonly locale: 'de' | 'en';
  /** IANA name, as the platform spells it. */
  readonly timeZone: string;
  readonly admin: {
    readonly name: string;
    /** Lower case. */
    readonly email: string;
  };
};

const LONGEST_NAME = 100;
const LONGEST_EMAIL = 254;
const TRANSLITERATIONS: Readonly<Record<string, string>> = {
  ...{ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', ø: 'o', å: 'a', ł: 'l', đ: 'd', '&': ' ' },
};

/** Answers all problems at once, each naming its option and the way out. */
export function readNewCompany(options: NewCompanyOptions): Result<NewCompany, readonly string[]> {
  const problems: string[] = [];
  const text = (option: 'name' | 'admin-name') => {
    const value = (options[option] ?? '').trim().replaceAll(/\s+/g, ' ');
    if (value === '' || value.length > LONGEST_NAME || /\p{Cc}/u.test(value)) {
      problems.push(`--${option} must be a name of 1 to ${LONGEST_NAME} characters.`);
    }
    return value;
  };
  const name = text('name');
  const slug = slugOf(name);
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
  if (problems.length > 0 || (locale !== 'de' && locale !== 'en') || timeZone === null) return err(problems);
  return ok({ name, slug, locale, timeZone, admin: { name: adminName, email } });
}

function slugOf(name: string): string {
  return [...name.toLowerCase().normalize('NFC')]
    .map((letter) => TRANSLITERATIONS[letter] ?? letter)
    .join('')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

function timeZoneOf(wanted: string): string | null {
  const known = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  return known.find((name) => name.toLowerCase() === wanted.toLowerCase()) ?? null;
}
