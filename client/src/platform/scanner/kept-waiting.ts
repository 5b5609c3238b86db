import type { ScanInput } from './scan-report.ts';

/** What waited longer than a shift belongs to another day's work. */
const KEPT_FOR_MS = 14 * 3_600_000;

const keyOf = (name: string) => `eventkit.waiting.${name}`;

type Kept = { readonly atMs: number; readonly codes: readonly string[] };

/** The codes that were heard on this screen and not yet worked on when it was left or the page was loaded again. */
export function loadWaiting(storage: Pick<Storage, 'getItem'>, name: string, nowMs: number): ScanInput[] {
  const kept = parse(storage.getItem(keyOf(name)));
  if (kept === null || nowMs - kept.atMs > KEPT_FOR_MS) return [];
  return kept.codes.map((code) => ({ code, assetId: null }));
}

/** Keeps scanned codes; ticks are not kept, as what was said about them is not. Without room they wait in memory only. */
export function keepWaiting(
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
  name: string,
  waiting: readonly ScanInput[],
  nowMs: number,
): void {
  const codes = waiting.filter(({ assetId }) => assetId === null).map(({ code }) => code);
  if (codes.length === 0) {
    storage.removeItem(keyOf(name));
    return;
  }
  try {
    storage.setItem(keyOf(name), JSON.stringify({ atMs: nowMs, codes } satisfies Kept));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

function parse(text: string | null): Kept | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isKept(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isKept(value: unknown): value is Kept {
  return (
    typeof value === 'object' &&
    value !== null &&
    'atMs' in value &&
    typeof value.atMs === 'number' &&
    'codes' in value &&
    Array.isArray(value.codes) &&
    value.codes.every((code) => typeof code === 'string')
  );
}
