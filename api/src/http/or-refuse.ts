import type { Result } from '@eventkit/shared/kernel/result.ts';
import { connectErrorOf, type DomainError } from './connect-error-of.ts';

/** The value, or the refusal of the call; within a transaction nothing of it stays. */
export function orRefuse<T>(result: Result<T, DomainError>): T {
  if (!result.ok) throw connectErrorOf(result.error);
  return result.value;
}
