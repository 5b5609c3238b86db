/**
 * The rows of a CSV text as RFC 4180 describes it: quoted fields may hold commas, line ends and doubled quotes; lines
 * may end with CRLF or LF. Empty lines are left out.
 */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const { field, end } of fieldsOf(text)) {
    row.push(field);
    if (end === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

const FIELD = /(?:"((?:[^"]|"")*)"|((?!")[^,\r\n]*))(,|\r\n|\n|$)/gy;

function* fieldsOf(text: string): Generator<{ field: string; end: string }> {
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex <= text.length) {
    const at = FIELD.lastIndex;
    const match = FIELD.exec(text);
    if (match === null) throw new SyntaxError(`not CSV at character ${at}`);
    yield { field: match[1]?.replaceAll('""', '"') ?? match[2] ?? '', end: match[3] ?? '' };
    if (match[3] === '') return;
  }
}
