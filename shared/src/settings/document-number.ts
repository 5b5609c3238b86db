/** What a document's number is made from. */
export type NumberFacts = { readonly year: number; readonly month: number; readonly count: number };

const PART = /\{(YYYY|YY|MM|0{1,8})\}|([^{}]+)/gy;
/** Nothing that a file name, an address or a bank would not take. */
const TEXT = /^[\p{L}\p{N} ./_-]+$/u;

/** What is wrong with a pattern: a character or token that means nothing, or not exactly one counter. */
export type PatternFault = 'text' | 'counter';

/** Null where every document would get a number of its own. */
export function faultOfPattern(pattern: string): PatternFault | null {
  const parts = [...pattern.matchAll(PART)];
  const isRead = parts.reduce((length, [whole]) => length + whole.length, 0) === pattern.length;
  if (!isRead || parts.some(([, , text]) => text !== undefined && !TEXT.test(text))) return 'text';
  return parts.filter(([, token]) => token?.startsWith('0')).length === 1 ? null : 'counter';
}

/** The number that a pattern without fault makes, e.g. QU-2026-0042; a count that outgrows its zeros is not cut. */
export function documentNumber(pattern: string, { year, month, count }: NumberFacts): string {
  return pattern.replaceAll(/\{(YYYY|YY|MM|0{1,8})\}/g, (_whole, token: string) => {
    if (token === 'YYYY') return String(year).padStart(4, '0');
    if (token === 'YY') return String(year % 100).padStart(2, '0');
    if (token === 'MM') return String(month).padStart(2, '0');
    return String(count).padStart(token.length, '0');
  });
}
