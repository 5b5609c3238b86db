import writeExcelFile from 'write-excel-file/browser';
import type { Cell } from './write-csv.ts';

/** What the page sends: the head once, rows as they are read, then the end. */
export type SheetMessage =
  | { readonly kind: 'head'; readonly title: string; readonly cells: readonly string[] }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'end' };

export type SheetAnswer = { readonly file: Blob } | { readonly problem: string };

let title = '';
let head: readonly string[] = [];
const rows: (readonly Cell[])[] = [];

addEventListener('message', ({ data }: MessageEvent<SheetMessage>) => {
  if (data.kind === 'head') {
    title = data.title;
    head = data.cells;
  } else if (data.kind === 'rows') rows.push(...data.rows);
  else void finish();
});

async function finish(): Promise<void> {
  const answer = await write().then(
    (file): SheetAnswer => ({ file }),
    (error: unknown): SheetAnswer => ({ problem: String(error) }),
  );
  postMessage(answer);
}

function write(): Promise<Blob> {
  const sheet = [
    head.map((value) => ({ value, fontWeight: 'bold' as const })),
    ...rows.map((row) => row.map(cellOf)),
  ];
  return writeExcelFile(sheet, { sheet: title, stickyRowsCount: 1 }).toBlob();
}

/** Text is written as text, so that nothing in it is run. */
function cellOf(value: Cell) {
  if (value === null || value === '') return null;
  if (typeof value === 'number') return { value, type: Number };
  if (value instanceof Date) return { value: wallClock(value), type: Date, format: 'yyyy-mm-dd hh:mm' };
  return { value, type: String };
}

/** A spreadsheet has no time zones: what the reader's clock showed is written. */
function wallClock(at: Date): Date {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
}
