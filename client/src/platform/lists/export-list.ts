import type { Language } from '#i18n/language.ts';
import type { Replica } from '#platform/replica/replica.ts';
import type { ListRow, ListSource } from './list-source.ts';
import { rowsSql } from './list-sql.ts';
import { BYTE_ORDER_MARK, type Cell, csvLine } from './write-csv.ts';
import type { SheetAnswer, SheetMessage } from './write-sheet.worker.ts';

export type ExportFormat = 'csv' | 'xlsx';

export type ListExport = {
  readonly title: string;
  readonly head: readonly string[];
  readonly cellsOf: (row: ListRow) => readonly Cell[];
};

/** Rows that are read, and written, at once: the page stays quick, and scans find the database free. */
const BATCH = 500;

/** All rows with these ids as a file, in their order. `onProgress` is told how many are done. */
export async function exportList(
  { replica, source }: { readonly replica: Pick<Replica, 'getAll'>; readonly source: ListSource },
  ids: readonly string[],
  { title, head, cellsOf }: ListExport,
  format: { readonly kind: ExportFormat; readonly language: Language },
  onProgress: (count: number) => void,
): Promise<Blob> {
  const file = format.kind === 'csv' ? csvFile(head, format.language) : sheetFile(title, head);
  try {
    for (let from = 0; from < ids.length; from += BATCH) {
      const some = ids.slice(from, from + BATCH);
      const rows = await replica.getAll<ListRow>(rowsSql(source), [JSON.stringify(some)]);
      const byId = new Map(rows.map((row) => [row.id, row]));
      file.add(some.flatMap((id) => byId.get(id) ?? []).map(cellsOf));
      onProgress(Math.min(ids.length, from + BATCH));
    }
    return await file.end();
  } finally {
    file.stop();
  }
}

type FileInMaking = {
  add(rows: readonly (readonly Cell[])[]): void;
  end(): Promise<Blob>;
  stop(): void;
};

function csvFile(head: readonly string[], language: Language): FileInMaking {
  const parts = [BYTE_ORDER_MARK, csvLine(head, language)];
  return {
    add: (rows) => void parts.push(rows.map((cells) => csvLine(cells, language)).join('')),
    end: async () => new Blob(parts, { type: 'text/csv' }),
    stop: () => undefined,
  };
}

/** Made beside the page: 100,000 rows are seconds of work. */
function sheetFile(title: string, head: readonly string[]): FileInMaking {
  const worker = new Worker(new URL('./write-sheet.worker.ts', import.meta.url), { type: 'module' });
  const send = (message: SheetMessage) => worker.postMessage(message);
  const answer = new Promise<Blob>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<SheetAnswer>) => {
      if ('file' in data) resolve(data.file);
      else reject(new Error(data.problem));
    });
    worker.addEventListener('error', (event) => reject(new Error(event.message)));
  });
  // Whoever ends it hears of it.
  answer.catch(() => undefined);
  send({ kind: 'head', title, cells: head });
  return {
    add: (rows) => send({ kind: 'rows', rows }),
    end: () => {
      send({ kind: 'end' });
      return answer;
    },
    stop: () => worker.terminate(),
  };
}
