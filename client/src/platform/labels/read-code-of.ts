import type { ReplicaReader } from '#platform/scanner/find-asset.ts';

export const CODE_READ = `SELECT m.code FROM movements_now m WHERE m.operation_id = ? AND m.code IS NOT NULL LIMIT 1`;

/** The code that an operation read, as long as it is: a log keeps only what fits on a plate. */
export async function readCodeOf(replica: ReplicaReader, operationId: string): Promise<string | null> {
  const row = await replica.getOptional<{ code: string }>(CODE_READ, [operationId]);
  return row?.code ?? null;
}
