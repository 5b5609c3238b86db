import { crc32 } from 'node:zlib';

/** A row as one bucket shall hold it. */
export type RowCopy = { readonly bucket: string; readonly rowId: string; readonly data: string };

/** A source row after the change: every bucket it is in now, none when it is gone. */
export type RowState = { readonly table: string; readonly key: string; readonly copies: readonly RowCopy[] };

/** A row's newest operation in a bucket; data is null when that was its removal. */
export type CurrentOp = {
  readonly bucket: string;
  readonly opId: number;
  readonly rowId: string;
  readonly data: string | null;
};

export type PlannedOp = {
  readonly bucket: string;
  readonly opId: number;
  readonly table: string;
  readonly key: string;
  readonly rowId: string;
  readonly checksum: number;
  readonly data: string | null;
  /** The operation that this one takes the place of. */
  readonly supersedes: number | null;
};

const noOps: readonly CurrentOp[] = [];

/**
 * What must be logged so that every bucket holds exactly the given copies of each row. A copy that is the same byte
 * for byte gives nothing. `currentOfRows` is what is stored of each row; nothing is of rows that it does not reach. Operation ids follow `lastOpId` without gaps, in the order of the rows; a row comes once.
 */
export function planOps(
  rows: readonly RowState[],
  currentOfRows: readonly (readonly CurrentOp[])[],
  lastOpId: number,
): PlannedOp[] {
  const planned: PlannedOp[] = [];
  let opId = lastOpId;
  const plan = (row: RowState, bucket: string, rowId: string, data: string | null, old: CurrentOp | null) => {
    opId += 1;
    const checksum = crc32(data ?? '', crc32(`${data === null ? 'r' : 'p'}/${row.table}/${rowId}/${opId}`));
    const supersedes = old?.opId ?? null;
    planned.push({ bucket, opId, table: row.table, key: row.key, rowId, checksum, data, supersedes });
  };
  for (const [index, row] of rows.entries()) {
    const current = currentOfRows[index] ?? noOps;
    for (const old of current) {
      if (old.data === null) continue;
      const stays = row.copies.some((copy) => copy.bucket === old.bucket && copy.rowId === old.rowId);
      if (!stays) plan(row, old.bucket, old.rowId, null, old);
    }
    for (const copy of row.copies) {
      const old = current.find((one) => one.bucket === copy.bucket && one.rowId === copy.rowId) ?? null;
      if (old?.data !== copy.data) plan(row, copy.bucket, copy.rowId, copy.data, old);
    }
  }
  return planned;
}
