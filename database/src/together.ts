/**
 * Waits for statements of one transaction that were sent at once, and answers what each of them did. Where one fails,
 * it still waits for the others, so that nothing uses the connection any more when it throws: the error of the
 * statement at fault, not those of the ones that only found the transaction aborted.
 */
export async function together<const Sent extends readonly Promise<unknown>[]>(
  sent: Sent,
): Promise<{ -readonly [Index in keyof Sent]: Awaited<Sent[Index]> }> {
  const settled = await Promise.allSettled(sent);
  const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  if (failures.length > 0) throw failures.find((failure) => !isFollowUp(failure)) ?? failures[0];
  return (await Promise.all(sent)) as { -readonly [Index in keyof Sent]: Awaited<Sent[Index]> };
}

const IN_FAILED_TRANSACTION = '25P02';

function isFollowUp(failure: unknown): boolean {
  return failure instanceof Error && 'code' in failure && failure.code === IN_FAILED_TRANSACTION;
}
