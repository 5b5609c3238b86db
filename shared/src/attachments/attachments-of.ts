import type { Intent, Operation, Verdict } from '#operations/operation.ts';
import type { AttachedFile, Attachment } from './attachment.ts';

/** [AT1] [AT2] The rows that an operation's files become once it has its verdict; what was refused has none. */
export function attachmentsOf(
  { id, intent }: Pick<Operation, 'id' | 'intent'>,
  verdict: Verdict,
): readonly Attachment[] {
  if (verdict === 'refused') return [];
  const filesById = new Map<string, AttachedFile>();
  for (const file of filesOf(intent)) if (!filesById.has(file.id)) filesById.set(file.id, file);
  return [...filesById.values()].map((file) => ({ ...file, operationId: id, uploadedAt: null }));
}

/** The files that an intent names. */
export function filesOf(intent: Intent): readonly AttachedFile[] {
  return ('attachments' in intent ? intent.attachments : undefined) ?? [];
}
