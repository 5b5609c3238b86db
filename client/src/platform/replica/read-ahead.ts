/** Of bytes as they are unpacked: more than two lines of the stream. */
export const AHEAD_BYTES = 8 * 1024 * 1024;

/**
 * The same answer, whose body is received and unpacked while its reader is busy with what came before. Node unpacks only
 * what is asked for, and the SDK asks for the next line when the database has taken the last: the two took turns.
 */
export function readAhead(response: Response): Response {
  if (response.body === null) return response;
  const waiting = new ByteLengthQueuingStrategy({ highWaterMark: AHEAD_BYTES });
  const ahead = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({}, undefined, waiting);
  return new Response(response.body.pipeThrough(ahead), response);
}
