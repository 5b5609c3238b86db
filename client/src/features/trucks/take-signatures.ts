import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Attachments } from '#platform/attachments/attachments.ts';
import { type DrawnSignature, isSigned } from '#platform/attachments/draw-signature.ts';
import type { TakenAttachment } from '#platform/attachments/taken-attachment.ts';

/** All that were signed, in their order, or none where one could not be made a picture; empty paper is left out. */
export async function takeSignatures(
  attachments: Pick<Attachments, 'takeSignature'>,
  signatures: readonly DrawnSignature[],
): Promise<Result<readonly TakenAttachment[], 'not_signed'>> {
  const taken: TakenAttachment[] = [];
  for (const signature of signatures.filter(isSigned)) {
    const one = await attachments.takeSignature(signature);
    if (!one.ok) return err('not_signed');
    taken.push(one.value);
  }
  return ok(taken);
}
