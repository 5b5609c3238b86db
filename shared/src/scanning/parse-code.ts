import { err, ok, type Result } from '#kernel/result.ts';

/** In Unicode characters, as labels and the wire count them. */
export const MAX_CODE_LENGTH = 512;

export type CodeProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'too_long'; readonly maxLength: number };

/**
 * What a reader delivered, made into the value that labels are compared with: without control characters (also
 * GS1's separator), invisible marks, the AIM symbology identifier (ISO/IEC 15424, e.g. `]C1`) and outer spaces.
 * Upper and lower case are kept.
 */
export function parseCode(delivered: string): Result<string, CodeProblem> {
  const visible = delivered.toWellFormed().replaceAll(INVISIBLE, '').trim();
  const code = visible.replace(AIM_IDENTIFIER, '').trim();
  if (code === '') return err({ kind: 'empty' });
  if (isTooLong(code)) return err({ kind: 'too_long', maxLength: MAX_CODE_LENGTH });
  return ok(code);
}

const AIM_IDENTIFIER = /^\][A-Za-z][0-9A-Za-z]/;

/** Control, format (zero-width, byte order mark) and line characters. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

function isTooLong(code: string): boolean {
  if (code.length <= MAX_CODE_LENGTH) return false;
  return code.length > 2 * MAX_CODE_LENGTH || [...code].length > MAX_CODE_LENGTH;
}
