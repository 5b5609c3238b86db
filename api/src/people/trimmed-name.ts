import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { DomainError } from '#http/connect-error-of.ts';

/** The name without spaces around it; one of spaces only is none. */
export function trimmedName(name: string): Result<string, DomainError> {
  const trimmed = name.trim();
  if (trimmed !== '') return ok(trimmed);
  const violations = [{ field: 'name', rule: 'string.min_len', message: 'A name needs a letter.' }];
  return err({ tag: 'invalid', violations });
}
