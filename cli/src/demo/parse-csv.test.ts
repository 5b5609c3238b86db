import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCsv } from './parse-csv.ts';

describe('CSV', () => {
  test('reads quotes, doubled quotes, commas and line ends inside quotes, CRLF and LF', () => {
    expect(parseCsv('a,"b, ""c""\r\nd",\r\n\n"",e\n')).toEqual([
      ['a', 'b, "c"\r\nd', ''],
      ['', 'e'],
    ]);
  });

  test('names the place where a text is no CSV', () => {
    expect(() => parseCsv('a,"b"c')).toThrow('not CSV at character 2');
  });

  test('reads back every table that is written with quotes', () => {
    const row = fc.array(fc.string(), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), fc.constantFrom('\n', '\r\n'), (rows, lineEnd) => {
        const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`;
        const text = rows.map((fields) => fields.map(quoted).join(',') + lineEnd).join('');
        expect(parseCsv(text)).toEqual(rows);
      }),
    );
  });
});
