import { createClient } from '@connectrpc/connect';
import { type File as FileMessage, FileService } from '@eventkit/proto/gen/eventkit/v1/files_pb.ts';
import { type Instant, instantOfMicros } from '@eventkit/shared/kernel/instant.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';

/** The record whose files are shown. */
export type FileSubject = { readonly kind: 'asset' | 'product' | 'event'; readonly id: string };

export type ShownFile = {
  readonly id: string;
  readonly name: string;
  readonly isSetAside: boolean;
  /** From when on it is gone for good; null while it is in the list. */
  readonly purgedAt: Instant | null;
  /** Newest first; never empty. */
  readonly versions: readonly ShownVersion[];
};

export type ShownVersion = {
  readonly version: number;
  readonly byteSize: number;
  readonly uploadedBy: string;
  readonly uploadedAt: Instant;
};

/** The files of a record with those set aside, asked anew on each opening and after each act, and what can be done. */
export function useFiles({ kind, id }: FileSubject, isEnabled: boolean) {
  const { transport } = usePlatform().rpc;
  const client = useMemo(() => createClient(FileService, transport), [transport]);
  const queries = useQueryClient();
  const key = ['files', kind, id];
  const refresh = () => queries.invalidateQueries({ queryKey: key });
  const list = useQuery({
    queryKey: key,
    enabled: isEnabled,
    staleTime: 0,
    queryFn: async ({ signal }) => {
      const subject = { subject: { case: `${kind}Id` as const, value: id } };
      const { files, usedBytes, shareBytes, mayChange } = await client.listFiles(
        { subject, withDeleted: true },
        { signal },
      );
      const isOverShare = shareBytes !== undefined && usedBytes > shareBytes;
      return {
        files: files.map(shown),
        overShare: isOverShare ? { used: Number(usedBytes), share: Number(shareBytes) } : null,
        mayChange,
      };
    },
  });
  const setAside = useMutation({
    mutationFn: (fileId: string) => client.deleteFile({ fileId }),
    onSuccess: refresh,
  });
  const bringBack = useMutation({
    mutationFn: (fileId: string) => client.restoreFile({ fileId }),
    onSuccess: refresh,
  });
  const download = useMutation({
    mutationFn: async (wanted: { readonly fileId: string; readonly version: number }) => {
      const { path } = await client.createDownload(wanted);
      // Answered as a file to keep: the page stays where it is.
      window.location.assign(path);
    },
  });
  return { list, setAside, bringBack, download, refresh };
}

function shown({ id, name, versions, deletedAtMicros, purgedAtMicros }: FileMessage): ShownFile {
  return {
    id,
    name,
    isSetAside: deletedAtMicros !== undefined,
    purgedAt: purgedAtMicros === undefined ? null : instantOfMicros(purgedAtMicros),
    versions: versions.map(({ version, byteSize, uploadedBy, uploadedAtMicros }) => ({
      ...{ version, byteSize, uploadedBy },
      uploadedAt: instantOfMicros(uploadedAtMicros),
    })),
  };
}
