import { pathToString } from '@bufbuild/protobuf/reflect';
import { createValidator, type Violation as WireViolation } from '@bufbuild/protovalidate';
import type { Interceptor } from '@connectrpc/connect';
import { connectErrorOf, type Violation } from './connect-error-of.ts';

/** Refuses a message that breaks the rules of its proto file, and says all that is wrong with it, field by field. */
export function validate(): Interceptor {
  const validator = createValidator();
  return (next) => async (request) => {
    if (request.stream) throw new Error('a stream of messages is not looked at here');
    const result = validator.validate(request.method.input, request.message);
    if (result.kind === 'error') throw result.error;
    if (result.kind === 'invalid') {
      throw connectErrorOf({ tag: 'invalid', violations: result.violations.map(violationOf) });
    }
    return next(request);
  };
}

function violationOf({ field, ruleId, message }: WireViolation): Violation {
  return { field: pathToString(field), rule: ruleId, message };
}
