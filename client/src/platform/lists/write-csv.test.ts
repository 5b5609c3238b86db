import { runs } from '@eventkit/shared/test/property-runs.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from './write-csv.ts';

describe('a line of CSV', () => {
  it('separates and writes numbers as the language does', () => {
    expect(csvLine(['a', 1.5, null, 'b;c'], 'de')).toBe('a;1,5;;"b;c"\r\n');
    expect(csvLine(['a', 1.5, null, 'b,c'], 'en')).toBe('a,1.5,,"b,c"\r\n');
    expect(csvLine([-3, new Date(2026, 10, 26, 14, 7)], 'en')).toBe('-3,2026-11-26 14:07\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '=1', '|calc', '%x', '\n@x'])(
    'lets no spreadsheet run %j',
    (text) => {
      expect(readBack(csvLine([text], 'en'), ',')).toEqual([`'${text}`]);
    },
  );

  it('is read back as it was, whatever people wrote', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', ';', ',', '\r\n', 'a"b;c,d', ' x '),
    );
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('de' as const, 'en' as const),
        (cells, language) => {
          const read = readBack(csvLine(cells, language), language === 'de' ? ';' : ',');
          expect(read.map((text, index) => (text === `'${cells[index]}` ? cells[index] : text))).toEqual(
            cells,
          );
          expect(read.filter((text) => /^\s*[=+\-@]/.test(text))).toEqual([]);
        },
      ),
      runs(500),
    );
  });
});

/** A plain reader of RFC 4180. */
function readBack(line: string, separator: string): string[] {
  const cells = [''];
  let isQuoted = false;
  const body = line.slice(0, -2);
  const put = (text: string) => {
    cells[cells.length - 1] += text;
  };
  for (let index = 0; index < body.length; index += 1) {
    const letter = body[index] ?? '';
    if (isQuoted && letter === '"' && body[index + 1] === '"') {
      put('"');
      index += 1;
    } else if (letter === '"') isQuoted = !isQuoted;
    else if (letter === separator && !isQuoted) cells.push('');
    else put(letter);
  }
  return cells;
}
