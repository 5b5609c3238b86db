import { type CompanySettings, numberedDocuments } from './company-settings.ts';
import { faultOfPattern } from './document-number.ts';
import { fewestAuditYears } from './fewest-audit-years.ts';
import { isVatId } from './vat-id.ts';

/** A field of the settings, and the rule that it breaks. */
export type SettingsFault = {
  readonly field: keyof CompanySettings | `numberPatterns.${(typeof numberedDocuments)[number]}`;
  readonly rule: string;
};

/** What does not fit together, or names what there is not; lengths and ranges of single fields are the wire's. */
export function settingsFaults(settings: CompanySettings): readonly SettingsFault[] {
  const { name, country, vatId, currency, timeZone, auditYears, numberPatterns } = settings;
  return [
    ...unless(name.trim() !== '', 'name', 'name.missing'),
    ...unless(isCountry(country), 'country', 'country.known'),
    ...unless(vatId === '' || isVatId(country, vatId), 'vatId', 'vat_id.format'),
    ...unless(Intl.supportedValuesOf('currency').includes(currency), 'currency', 'currency.known'),
    ...unless(isTimeZone(timeZone), 'timeZone', 'time_zone.known'),
    ...unless(auditYears >= fewestAuditYears(country), 'auditYears', 'audit_years.lawful'),
    ...numberedDocuments.flatMap((document) => {
      const fault = faultOfPattern(numberPatterns[document]);
      return unless(fault === null, `numberPatterns.${document}`, `number_pattern.${fault}`);
    }),
  ];
}

/** Whether this is a name of the IANA list; offsets such as +02:00 are none, they know no summer time. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    // A RangeError is how Intl says no.
    return false;
  }
}

/** Whether there is a country of this code, by whether it has a name. */
function isCountry(code: string): boolean {
  return (
    /^[A-Z]{2}$/.test(code) &&
    new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code) !== undefined
  );
}

function unless(isWell: boolean, field: SettingsFault['field'], rule: string): SettingsFault[] {
  return isWell ? [] : [{ field, rule }];
}
