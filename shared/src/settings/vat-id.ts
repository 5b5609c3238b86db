/**
 * VAT ids without their spaces, dots and dashes, by country (ISO 3166-1). Sources: the format list of VIES for the EU,
 * and the tax offices of Switzerland, Norway and the United Kingdom. Countries that are not here have no format of ours.
 */
const formats: Readonly<Record<string, RegExp>> = {
  AT: /^ATU\d{8}$/,
  BE: /^BE[01]\d{9}$/,
  BG: /^BG\d{9,10}$/,
  CH: /^CHE\d{9}(MWST|TVA|IVA)?$/,
  CY: /^CY\d{8}[A-Z]$/,
  CZ: /^CZ\d{8,10}$/,
  DE: /^DE\d{9}$/,
  DK: /^DK\d{8}$/,
  EE: /^EE\d{9}$/,
  ES: /^ES[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^FI\d{8}$/,
  FR: /^FR[A-HJ-NP-Z0-9]{2}\d{9}$/,
  GB: /^GB(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
  // Greece calls itself EL there.
  GR: /^EL\d{9}$/,
  HR: /^HR\d{11}$/,
  HU: /^HU\d{8}$/,
  IE: /^IE\d[A-Z0-9+*]\d{5}[A-Z]{1,2}$/,
  IT: /^IT\d{11}$/,
  LT: /^LT(\d{9}|\d{12})$/,
  LU: /^LU\d{8}$/,
  LV: /^LV\d{11}$/,
  MT: /^MT\d{8}$/,
  NL: /^NL\d{9}B\d{2}$/,
  NO: /^(NO)?\d{9}MVA$/,
  PL: /^PL\d{10}$/,
  PT: /^PT\d{9}$/,
  RO: /^RO\d{2,10}$/,
  SE: /^SE\d{10}01$/,
  SI: /^SI\d{8}$/,
  SK: /^SK\d{10}$/,
};

/** Where the last digit is made from the others, so that a slip of the finger shows. */
const checkDigits: Readonly<Record<string, (digits: readonly number[]) => boolean>> = {
  AT: ([...digits]) => {
    const check = digits.pop();
    const sum = digits.reduce(
      (total, digit, index) => total + (index % 2 === 0 ? digit : crossSum(digit)),
      4,
    );
    return check === (10 - (sum % 10)) % 10;
  },
  // ISO 7064, MOD 11,10.
  DE: ([...digits]) => {
    const check = digits.pop();
    const product = digits.reduce((before, digit) => (2 * ((digit + before) % 10 || 10)) % 11, 10);
    return check === (11 - product) % 10;
  },
  CH: ([...digits]) => {
    const check = digits.pop();
    const weights = [5, 4, 3, 2, 7, 6, 5, 4];
    const sum = digits.reduce((total, digit, index) => total + digit * (weights[index] ?? 0), 0);
    return check === (11 - (sum % 11)) % 11;
  },
};

/** Whether a company of this country can have this VAT id; anything where we know no format of the country's. */
export function isVatId(country: string, text: string): boolean {
  const format = formats[country];
  if (format === undefined) return true;
  const compact = text.toUpperCase().replaceAll(/[\s.-]/g, '');
  if (!format.test(compact)) return false;
  const digits = [...compact.replaceAll(/\D/g, '')].map(Number);
  return checkDigits[country]?.(digits) ?? true;
}

/** Of the double of a digit. */
function crossSum(digit: number): number {
  return Math.floor(digit / 5) + ((digit * 2) % 10);
}
