import { pathToString } from '@bufbuild/protobuf/reflect';
import { createValidator, type Violation as WireViolation } from '@bufbuild/protovalidate';
import type { Interceptor } from '@connectrpc/connect';
import { connectErrorOf, type Violation } from './connect-error-of.ts';
import { nulTextsIn } from './nul-texts.ts';

/**
 * Refuses a message that breaks the rules of its proto file, and says all that is wrong with it, field by field. No text
 * of any message may hold NUL: PostgreSQL has none.
 */
export function validate(): Interceptor {
  const validator = createValidator();
  return (next) => async (request) => {
    if (request.stream) throw new Error('a stream of messages is not looked at here');
    const result = validator.validate(request.method.input, request.message);
    if (result.kind === 'error') throw result.error;
    const violations = [
      ...(result.kind === 'invalid' ? result.violations.map(violationOf) : []),
      ...nulTextsIn(request.method.input, request.message).map(nulViolationOf),
    ];
    if (violations.length > 0) throw connectErrorOf({ tag: 'invalid', violations });
    return next(request);
  };
}

function violationOf({ field, ruleId, message }: WireViolation): Violation {
  return { field: pathToString(field), rule: ruleId, message };
}

function nulViolationOf(field: string): Violation {
  return { field, rule: 'string.no_nul', message: 'must not contain the character NUL' };
}
