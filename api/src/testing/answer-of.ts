import { Code, ConnectError } from '@connectrpc/connect';
import { type ErrorDetail, ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';

/** How a call ended: `ok`, or the code of its refusal with its words and what they are about. */
export async function answerOf(call: Promise<unknown>): Promise<{
  readonly code: string;
  readonly message: string;
  readonly detail: ErrorDetail | undefined;
}> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => ConnectError.from(thrown),
  );
  if (error === null) return { code: 'ok', message: '', detail: undefined };
  const [detail] = error.findDetails(ErrorDetailSchema);
  return { code: Code[error.code], message: error.rawMessage, detail };
}
