import { Archive, Undo2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { type FileSubject, type ShownFile, useFiles } from '#platform/files/use-files.ts';
import { type Sending, useSending } from '#platform/files/use-sending.ts';
import { ServerReads } from '#platform/rpc/server-reads.tsx';
import { ServerNotices, useIsWithout } from '#platform/rpc/view/server-screen.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { FileRow } from './file-row.tsx';
import { PickFile } from './pick-file.tsx';
import { sayBytes } from './say-bytes.ts';

/** What is kept with a record on the server, and the way to add, renew, fetch and set aside. */
export function FilesPanel({ subject }: { readonly subject: FileSubject }) {
  return (
    <ServerReads>
      <Panel subject={subject} />
    </ServerReads>
  );
}

function Panel({ subject }: { readonly subject: FileSubject }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isWithout = useIsWithout();
  const { list, setAside, bringBack, download, refresh } = useFiles(subject, !isWithout);
  const { sending, send, stop } = useSending(refresh);
  const [justSetAside, setJustSetAside] = useState<ShownFile | null>(null);
  const [isShowingAll, setShowingAll] = useState(false);
  const files = list.data?.files ?? [];
  const mayChange = list.data?.mayChange === true;
  const isBusy = isWithout || sending.tag === 'sending';
  const hasSetAside = files.some(({ isSetAside }) => isSetAside);
  const shown = files.filter(({ isSetAside }) => isShowingAll || !isSetAside);
  const overShare = list.data?.overShare ?? null;

  const remove = (file: ShownFile) => setAside.mutate(file.id, { onSuccess: () => setJustSetAside(file) });
  const restore = (fileId: string) => bringBack.mutate(fileId, { onSuccess: () => setJustSetAside(null) });
  return (
    <div className="py-3">
      <ServerNotices
        isWithout={isWithout}
        hasData={list.data !== undefined}
        error={list.error}
        offlineText={t('files.offline')}
        onAgain={() => void list.refetch()}
      />
      {list.data !== undefined && shown.length === 0 && (
        <p className="px-4 pb-3 text-muted-foreground">{t('files.noneTitle')}</p>
      )}
      {shown.length > 0 && (
        <ul>
          {shown.map((file) => (
            <FileRow
              key={file.id}
              file={file}
              mayChange={mayChange}
              isBusy={isBusy}
              onDownload={(version) => download.mutate({ fileId: file.id, version })}
              onNewVersion={(next) => void send(next, { kind: 'version', fileId: file.id })}
              onRemove={() => remove(file)}
              onRestore={() => restore(file.id)}
            />
          ))}
        </ul>
      )}
      <div className="grid gap-3 px-4 not-empty:py-3" aria-live="polite">
        {justSetAside !== null && (
          <Notice
            title={t('files.removed', { name: justSetAside.name })}
            actions={
              <Button
                aria-keyshortcuts="Control+Z Meta+Z"
                icon={<Undo2 className="icon" />}
                disabled={isBusy}
                onClick={() => restore(justSetAside.id)}
              >
                {t('files.restore')}
              </Button>
            }
          />
        )}
        <SendingNotice sending={sending} onStop={stop} />
        {[setAside, bringBack, download].some(({ isError }) => isError) && (
          <Notice tone="alarm" title={t('files.failed')}>
            {t('files.safe')}
          </Notice>
        )}
        {overShare !== null && (
          <Notice title={t('files.shareUsed')}>
            {t('files.shareText', {
              used: sayBytes(overShare.used, format),
              share: sayBytes(overShare.share, format),
            })}
          </Notice>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2 px-4 not-empty:py-2">
        {mayChange && (
          <PickFile label={t('files.add')} isDisabled={isBusy} onPick={(file) => void send(file, subject)} />
        )}
        {hasSetAside && (
          <Button
            kind="quiet"
            icon={<Archive className="icon" />}
            onClick={() => setShowingAll(!isShowingAll)}
          >
            {t(isShowingAll ? 'files.hideRemoved' : 'files.showRemoved')}
          </Button>
        )}
      </div>
      <p className="px-4 text-[14px] text-muted-foreground tablet:text-[12.5px]">
        {t(mayChange ? 'files.kinds' : 'files.onServer')}
      </p>
    </div>
  );
}

function SendingNotice({ sending, onStop }: { readonly sending: Sending; readonly onStop: () => void }) {
  const { t } = useTranslation();
  switch (sending.tag) {
    case 'idle':
      return null;
    case 'sending':
      return (
        <div className="flex flex-wrap items-center gap-3">
          <label className="grid min-w-0 flex-1 gap-1">
            <span className="truncate">{t('files.sending', sending)}</span>
            <progress className="w-full accent-foreground" max={100} value={sending.percent} />
          </label>
          <Button kind="quiet" icon={<X className="icon" />} onClick={onStop}>
            {t('files.stop')}
          </Button>
        </div>
      );
    case 'sent':
      return <Notice title={t('files.sent', sending)} />;
    case 'refused':
      return (
        <Notice tone="alarm" title={t('files.notTaken', sending)}>
          {sending.problem === 'failed' ? t('files.safe') : t(`files.refused.${sending.problem}`)}
        </Notice>
      );
  }
}
