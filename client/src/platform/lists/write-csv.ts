import type { Language } from '#i18n/language.ts';

/** A cell of a table that leaves the app. Dates are those of the reader's time zone. */
export type Cell = string | number | Date | null;

/** So that spreadsheets read umlauts. */
export const BYTE_ORDER_MARK = '\uFEFF';

const styles = {
  en: { separator: ',', decimal: '.' },
  // Spreadsheets take what Germany and Austria write numbers with; the comma is taken then.
  de: { separator: ';', decimal: ',' },
} as const satisfies Readonly<Record<Language, { separator: string; decimal: string }>>;

/** One line of a CSV file (RFC 4180), its end included. */
export function csvLine(cells: readonly Cell[], language: Language): string {
  const { separator, decimal } = styles[language];
  return `${cells.map((cell) => quoted(textOf(cell, decimal), separator)).join(separator)}\r\n`;
}

function textOf(cell: Cell, decimal: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell).replace('.', decimal);
  if (cell instanceof Date) return localTime(cell);
  return withoutFormula(cell);
}

/** A spreadsheet would run it: text that somebody wrote must stay text. The apostrophe says so. */
function withoutFormula(text: string): string {
  return /^(?:[\t\r\n]|[\s\p{C}'"]*[=+\-@|%＝＋－＠])/u.test(text) ? `'${text}` : text;
}

function quoted(text: string, separator: string): string {
  return text.includes(separator) || /["\r\n]/.test(text) || text !== text.trim()
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}

/** 2026-11-26 14:07, which spreadsheets read as a date everywhere. */
function localTime(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
