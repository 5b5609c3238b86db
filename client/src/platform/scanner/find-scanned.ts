import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { parseCode } from '@eventkit/shared/scanning/parse-code.ts';
import { type Found, findAsset, findByLabel, type ReplicaReader } from './find-asset.ts';
import type { ScanInput } from './scan-report.ts';

/** What a delivered text cannot be: the label of anything. */
export type NotACode = {
  readonly kind: 'not_a_code';
  readonly why: 'empty' | 'too_long';
  /** Characters that were delivered. */
  readonly length: number;
  /** The beginning of it, as much as fits on a plate. */
  readonly shown: string;
};

export type Scanned = {
  /** As it is compared with labels. */
  readonly code: string;
  readonly found: Found;
};

/** As much of a foreign code as fits on a plate. */
export const SHOWN_LENGTH = 64;

/** Parses what was delivered and looks it up; a tick by hand is looked up by its asset. */
export async function findScanned(
  replica: ReplicaReader,
  input: ScanInput,
): Promise<Result<Scanned, NotACode>> {
  const parsed = parseCode(input.code);
  if (!parsed.ok) {
    const shown = input.code.trim().slice(0, SHOWN_LENGTH);
    const length = input.sentLength ?? input.code.length;
    return err({ kind: 'not_a_code', why: parsed.error.kind, length, shown });
  }
  if (input.assetId === null) {
    return ok({ code: parsed.value, found: await findByLabel(replica, parsed.value) });
  }
  const asset = await findAsset(replica, input.assetId);
  return ok({ code: parsed.value, found: asset ? { kind: 'asset', asset } : { kind: 'nothing' } });
}
