import type { MessageInitShape } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';
import { retryAfterHeader } from './limits/retry-after-header.ts';

/** What an RPC may refuse with; use cases answer these as values. */
export type DomainError =
  | { readonly tag: 'not_signed_in' }
  | { readonly tag: 'not_permitted' }
  | { readonly tag: 'cross_site' }
  | { readonly tag: 'rate_limited'; readonly retryAfterMs: number }
  | { readonly tag: 'invalid'; readonly violations: readonly Violation[] }
  | { readonly tag: 'bad_idempotency_key' }
  | { readonly tag: 'idempotency_key_reused' }
  | { readonly tag: 'answered_once' }
  | { readonly tag: 'still_running'; readonly retryAfterMs: number }
  | {
      readonly tag: 'not_found';
      readonly what: 'asset' | 'device' | 'api_key' | 'person' | 'role' | 'session' | 'file' | 'record';
      readonly field: string;
    }
  | {
      readonly tag: 'email_taken' | 'email_of_deactivated';
      readonly field: string;
      readonly holderNames: readonly string[];
    }
  | { readonly tag: 'role_name_taken'; readonly field: string }
  | { readonly tag: 'role_held'; readonly field: string; readonly holderNames: readonly string[] }
  | { readonly tag: 'changed_meanwhile'; readonly field: string; readonly holderNames: readonly string[] }
  | { readonly tag: 'own_account'; readonly field: string }
  | { readonly tag: 'last_admin'; readonly field: string }
  | { readonly tag: 'person_deactivated'; readonly field: string }
  | { readonly tag: 'device_not_shared'; readonly field: string }
  | { readonly tag: 'pin_wrong'; readonly field: string; readonly retryAfterMs: number }
  | { readonly tag: 'already_signed_in'; readonly field: string }
  | { readonly tag: 'bad_page_token'; readonly field: string }
  | { readonly tag: 'device_revoked'; readonly field: string }
  | { readonly tag: 'wipe_begun'; readonly field: string }
  | { readonly tag: 'no_wipe_ordered' }
  | { readonly tag: 'deadline_exceeded' }
  | { readonly tag: 'database_away' }
  | { readonly tag: 'internal'; readonly requestId: string };

/** What is wrong with one field of a request. */
export type Violation = {
  /** As the wire names it, e.g. operations[2].id; empty for the request as a whole. */
  readonly field: string;
  /** A stable key, e.g. string.min_len. */
  readonly rule: string;
  readonly message: string;
};

/**
 * The one place where domain errors become Connect codes. The reason that goes along is the error's tag, a stable key
 * by which screens choose their words; messages are for developers.
 */
export function connectErrorOf(error: DomainError): ConnectError {
  switch (error.tag) {
    case 'not_signed_in':
      return refusal(error, Code.Unauthenticated, 'Sign in first, or send a valid access token.');
    case 'not_permitted':
      return refusal(error, Code.PermissionDenied, 'Your role does not permit this.');
    case 'cross_site':
      return refusal(
        error,
        Code.PermissionDenied,
        'A call with the session cookie must come from the app itself.',
      );
    case 'rate_limited':
      return refusal(error, Code.ResourceExhausted, 'Too many calls; come again later.', error);
    case 'invalid':
      return refusal(error, Code.InvalidArgument, describe(error.violations), {
        field: error.violations[0]?.field ?? '',
        violations: [...error.violations],
      });
    case 'bad_idempotency_key':
      return refusal(
        error,
        Code.InvalidArgument,
        'An Idempotency-Key has 1 to 255 letters, digits or any of -_.:~+/=, a UUID for example.',
      );
    case 'idempotency_key_reused':
      return refusal(
        error,
        Code.InvalidArgument,
        'This Idempotency-Key was sent with another request before; give each request a key of its own.',
      );
    case 'answered_once':
      return refusal(
        error,
        Code.AlreadyExists,
        'This was done by the first call with this Idempotency-Key; its answer held a secret and is not given again.',
      );
    case 'still_running':
      return refusal(
        error,
        Code.Aborted,
        'The same request is being worked on; send it again later to hear what came of it.',
        error,
      );
    case 'not_found':
      return refusal(error, Code.NotFound, `No such ${error.what.replace('_', ' ')}.`, error);
    case 'email_taken':
      return refusal(
        error,
        Code.AlreadyExists,
        `Somebody of the company has this e-mail address already: ${error.holderNames.join(', ')}`,
        error,
      );
    case 'email_of_deactivated':
      return refusal(
        error,
        Code.AlreadyExists,
        `Somebody who was shut out has this e-mail address; let them in again: ${error.holderNames.join(', ')}`,
        error,
      );
    case 'role_name_taken':
      return refusal(error, Code.AlreadyExists, 'Another role of the company has this name.', error);
    case 'role_held':
      return refusal(
        error,
        Code.FailedPrecondition,
        `Give these people another role first: ${error.holderNames.join(', ')}`,
        error,
      );
    case 'changed_meanwhile':
      return refusal(
        error,
        Code.Aborted,
        `This was changed meanwhile; read it again and decide anew. By: ${error.holderNames.join(', ')}`,
        error,
      );
    case 'own_account':
      return refusal(
        error,
        Code.FailedPrecondition,
        'Nobody changes their own role or shuts themselves out; another admin can.',
        error,
      );
    case 'last_admin':
      return refusal(
        error,
        Code.FailedPrecondition,
        'A company needs an admin; make another one first.',
        error,
      );
    case 'person_deactivated':
      return refusal(
        error,
        Code.FailedPrecondition,
        'This person was shut out; let them in again first.',
        error,
      );
    case 'already_signed_in':
      return refusal(
        error,
        Code.FailedPrecondition,
        'This person has signed in already and needs no invitation.',
        error,
      );
    case 'device_not_shared':
      return refusal(error, Code.FailedPrecondition, 'This device is not a shared one.', error);
    case 'pin_wrong':
      return refusal(error, Code.PermissionDenied, 'No badge in use with this PIN.', error);
    case 'bad_page_token':
      return refusal(
        error,
        Code.InvalidArgument,
        `${error.field} is not one that this list gave out.`,
        error,
      );
    case 'device_revoked':
      return refusal(error, Code.PermissionDenied, 'This device was revoked.', error);
    case 'wipe_begun':
      return refusal(
        error,
        Code.FailedPrecondition,
        'The device has begun to delete what it holds; the order stands.',
        error,
      );
    case 'no_wipe_ordered':
      return refusal(error, Code.FailedPrecondition, 'No order stands that this device may carry out now.');
    case 'deadline_exceeded':
      return refusal(error, Code.DeadlineExceeded, 'This took longer than the call may take.');
    case 'database_away':
      return refusal(error, Code.Unavailable, 'The server cannot reach its database now; try again later.');
    case 'internal':
      return refusal(
        error,
        Code.Internal,
        `Something went wrong on the server. Report this number: ${error.requestId}`,
      );
  }
}

function describe(violations: readonly Violation[]): string {
  return violations.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; ');
}

type Extras = Pick<MessageInitShape<typeof ErrorDetailSchema>, 'field' | 'violations' | 'retryAfterMs'> & {
  readonly holderNames?: readonly string[];
};

function refusal(
  { tag }: DomainError,
  code: Code,
  message: string,
  { field, violations, retryAfterMs, holderNames }: Extras = {},
): ConnectError {
  const headers = retryAfterMs === undefined ? {} : { 'retry-after': retryAfterHeader(retryAfterMs) };
  const value = {
    reason: tag,
    ...(field === undefined ? {} : { field }),
    ...(violations === undefined ? {} : { violations }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(holderNames === undefined ? {} : { holderNames: [...holderNames] }),
  };
  return new ConnectError(message, code, headers, [{ desc: ErrorDetailSchema, value }]);
}
