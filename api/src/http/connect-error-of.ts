import { Code, ConnectError } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';

/** What an RPC may refuse with; use cases answer these as values. */
export type DomainError =
  | { readonly tag: 'not_signed_in' }
  | { readonly tag: 'not_permitted' }
  | { readonly tag: 'cross_site' }
  | { readonly tag: 'not_found'; readonly what: 'asset' | 'device'; readonly field: string }
  | { readonly tag: 'bad_page_token'; readonly field: string }
  | { readonly tag: 'device_revoked'; readonly field: string };

/** The one place where domain errors become Connect codes. Reasons are stable keys, messages are for developers. */
export function connectErrorOf(error: DomainError): ConnectError {
  switch (error.tag) {
    case 'not_signed_in':
      return refusal(Code.Unauthenticated, 'not_signed_in', 'Sign in first, or send a valid access token.');
    case 'not_permitted':
      return refusal(Code.PermissionDenied, 'not_permitted', 'Your role does not permit this.');
    case 'cross_site':
      return refusal(
        Code.PermissionDenied,
        'cross_site',
        'A call with the session cookie must come from the app itself.',
      );
    case 'not_found':
      return refusal(Code.NotFound, 'not_found', `No such ${error.what}.`, error.field);
    case 'bad_page_token':
      return refusal(
        Code.InvalidArgument,
        'bad_page_token',
        `${error.field} is not one that this list gave out.`,
        error.field,
      );
    case 'device_revoked':
      return refusal(Code.PermissionDenied, 'device_revoked', 'This device was revoked.', error.field);
  }
}

function refusal(code: Code, reason: string, message: string, field = ''): ConnectError {
  return new ConnectError(message, code, undefined, [{ desc: ErrorDetailSchema, value: { reason, field } }]);
}
