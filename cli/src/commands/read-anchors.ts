import type { Anchor } from '@eventkit/database/audit/link-trails.ts';
import { isUuid } from '@eventkit/shared/kernel/ids.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';

/**
 * Anchors among the lines of a text: what `audit anchors` printed, or a log, whose other lines say something else. An error
 * where there is none: who asks with anchors must not be told that all is well without them.
 */
export function readAnchors(text: string): Result<readonly Anchor[], string> {
  const anchors = text.split('\n').flatMap((line) => anchorsOf(line));
  return anchors.length === 0 ? err('There is no anchor in that file.') : ok(anchors);
}

function anchorsOf(line: string): readonly Anchor[] {
  const { tenantId, position, hash } = readObject(line);
  if (typeof tenantId !== 'string' || !isUuid(tenantId)) return [];
  if (typeof position !== 'number' || !Number.isSafeInteger(position)) return [];
  if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) return [];
  return [{ tenantId, position, hash }];
}

function readObject(line: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(line));
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return {};
    throw thrown;
  }
}
