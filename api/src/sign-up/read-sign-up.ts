import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { companySlug } from '@eventkit/shared/settings/company-slug.ts';
import { pretends } from '@eventkit/shared/settings/look-alike.ts';
import { isTimeZone } from '@eventkit/shared/settings/settings-faults.ts';

/** What a company says of itself to be let in, as far as it is in order. */
export type SignUp = {
  readonly companyName: string;
  readonly personName: string;
  /** Lower case. */
  readonly email: string;
  readonly locale: 'de' | 'en';
  readonly timeZone: string;
  readonly currency: string;
};

export const signUpFields = ['companyName', 'personName', 'email', 'locale', 'timeZone', 'currency'] as const;
export type SignUpField = (typeof signUpFields)[number];

/** As it was typed. */
export type TypedSignUp = Readonly<Record<SignUpField, string>>;

const LONGEST_NAME = 100;
const LONGEST_EMAIL = 254;

/** Of a form; a field that is missing is empty. */
export function typedSignUp(form: URLSearchParams): TypedSignUp {
  return Object.fromEntries(
    signUpFields.map((field) => [field, (form.get(field) ?? '').slice(0, 1000)]),
  ) as TypedSignUp;
}

/** Answers every field that is not in order. */
export function readSignUp(typed: TypedSignUp): Result<SignUp, readonly SignUpField[]> {
  const companyName = squeezed(typed.companyName);
  const personName = squeezed(typed.personName);
  const email = typed.email.trim().toLowerCase();
  const { locale, timeZone, currency } = typed;
  const isWell: Readonly<Record<SignUpField, boolean>> = {
    companyName: isName(companyName) && companySlug(companyName) !== '',
    personName: isName(personName),
    // Letters of ASCII only: in other scripts an address can look like somebody else's.
    email:
      email.length <= LONGEST_EMAIL &&
      /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,63}$/.test(email),
    locale: locale === 'de' || locale === 'en',
    timeZone: timeZone.length <= 64 && isTimeZone(timeZone),
    currency: Intl.supportedValuesOf('currency').includes(currency),
  };
  const wrong = signUpFields.filter((field) => !isWell[field]);
  if (wrong.length > 0) return err(wrong);
  return ok({
    companyName,
    personName,
    email,
    locale: locale === 'de' ? 'de' : 'en',
    timeZone,
    currency,
  });
}

function squeezed(text: string): string {
  return text.trim().replaceAll(/ +/g, ' ');
}

/** Names go into a mail to an address that anybody may have typed: none leads somewhere. */
function isName(text: string): boolean {
  const leadsAway = /:\/\/|www\.|[@<>]/i.test(text);
  return text.length <= LONGEST_NAME && /[\p{L}\p{N}]/u.test(text) && !pretends(text) && !leadsAway;
}
