import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { isTimeZone } from '@eventkit/shared/settings/settings-faults.ts';
import type { DomainError } from '#http/connect-error-of.ts';

/** The name of a time zone, or nothing for the company's. */
export function knownTimeZone(name: string): Result<string, DomainError> {
  if (name === '' || isTimeZone(name)) return ok(name);
  const violations = [
    { field: 'time_zone', rule: 'time_zone.known', message: 'There is no such time zone.' },
  ];
  return err({ tag: 'invalid', violations });
}
