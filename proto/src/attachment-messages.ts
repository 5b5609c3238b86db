import type { MessageInitShape } from '@bufbuild/protobuf';
import type { AttachedFile } from '@eventkit/shared/attachments/attachment.ts';
import { bytesOfHex, hexOf } from '@eventkit/shared/kernel/hex.ts';
import type { AttachmentId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMicros, microsOf } from '@eventkit/shared/kernel/instant.ts';
import type { Attachment, AttachmentSchema } from '#gen/eventkit/v1/operation_pb.ts';
import { attachmentKindNumbers, attachmentMediaTypeNumbers, wordOf } from './operation-enums.ts';

/** The files that messages name, as a part of an intent; nothing where there are none. Messages must be checked. */
export function attachmentsOfMessages(messages: readonly Attachment[]): {
  readonly attachments?: readonly AttachedFile[];
} {
  return messages.length === 0 ? {} : { attachments: messages.map(fileOf) };
}

export function attachmentInits(
  files: readonly AttachedFile[] | undefined,
): MessageInitShape<typeof AttachmentSchema>[] {
  return (files ?? []).map((file) => ({
    id: file.id,
    kind: attachmentKindNumbers[file.kind],
    mediaType: attachmentMediaTypeNumbers[file.mediaType],
    byteSize: file.byteSize,
    sha256: bytesOfHex(file.sha256),
    width: file.width,
    height: file.height,
    takenAtMicros: microsOf(file.takenAt),
  }));
}

function fileOf(message: Attachment): AttachedFile {
  const kind = wordOf(attachmentKindNumbers, message.kind);
  const mediaType = wordOf(attachmentMediaTypeNumbers, message.mediaType);
  if (kind === undefined || mediaType === undefined) throw new Error('a checked attachment lacks its kind');
  return {
    id: message.id.toLowerCase() as AttachmentId,
    kind,
    mediaType,
    byteSize: message.byteSize,
    sha256: hexOf(message.sha256),
    width: message.width,
    height: message.height,
    takenAt: instantOfMicros(message.takenAtMicros),
  };
}
