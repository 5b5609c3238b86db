const SPELLED_OUT: Readonly<Record<string, string>> = {
  ...{ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', ø: 'o', å: 'a', ł: 'l', đ: 'd', '&': ' ' },
};

/** [CS9] The short name of a company of this name; empty where the name has no letter from a to z and no digit. */
export function companySlug(name: string): string {
  return [...name.toLowerCase().normalize('NFC')]
    .map((letter) => SPELLED_OUT[letter] ?? letter)
    .join('')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
