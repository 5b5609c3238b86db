import { Archive, Download, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import type { ShownFile, ShownVersion } from '#platform/files/use-files.ts';
import { Button } from '#ui/button.tsx';
import { Chip } from '#ui/chip.tsx';
import { PickFile } from './pick-file.tsx';
import { sayBytes } from './say-bytes.ts';

/** One file: its newest version, what can be done with it, and the versions before. */
export function FileRow({
  file: { name, isSetAside, purgedAt, versions },
  mayChange,
  isBusy,
  onDownload,
  onNewVersion,
  onRemove,
  onRestore,
}: {
  readonly file: ShownFile;
  readonly mayChange: boolean;
  readonly isBusy: boolean;
  readonly onDownload: (version: number) => void;
  readonly onNewVersion: (file: File) => void;
  readonly onRemove: () => void;
  readonly onRestore: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [newest, ...older] = versions;
  if (newest === undefined) return null;
  return (
    <li className="border-b border-rule px-4 py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <div className="min-w-40 flex-1">
          <p className="font-medium wrap-anywhere">{name}</p>
          <VersionFacts version={newest} />
        </div>
        {isSetAside ? (
          <>
            <Chip tone="quiet">
              {purgedAt === null
                ? t('files.setAside')
                : t('files.setAsideUntil', { day: format.day(purgedAt) })}
            </Chip>
            {mayChange && (
              <Button kind="quiet" icon={<Undo2 className="icon" />} disabled={isBusy} onClick={onRestore}>
                {t('files.restore')}
              </Button>
            )}
          </>
        ) : (
          <div className="-ms-4 flex flex-wrap items-center tablet:-ms-2.5">
            {mayChange && (
              <PickFile
                kind="quiet"
                label={t('files.newVersion')}
                isDisabled={isBusy}
                onPick={onNewVersion}
              />
            )}
            <Button
              kind="quiet"
              icon={<Download className="icon" />}
              aria-label={`${t('files.download')}: ${name}`}
              disabled={isBusy}
              onClick={() => onDownload(newest.version)}
            >
              {t('files.download')}
            </Button>
            {mayChange && (
              <Button
                kind="quiet"
                icon={<Archive className="icon" />}
                aria-label={`${t('files.remove')}: ${name}`}
                disabled={isBusy}
                onClick={onRemove}
              >
                {t('files.remove')}
              </Button>
            )}
          </div>
        )}
      </div>
      {older.length > 0 && !isSetAside && (
        <details className="mt-1">
          <summary className="cursor-default py-1 text-[14px] text-muted-foreground tablet:text-[13px]">
            {t('files.older', { count: older.length, shown: format.count(older.length) })}
          </summary>
          <ul>
            {older.map((version) => (
              <li key={version.version} className="flex items-center gap-3">
                <div className="min-w-0 flex-1">
                  <VersionFacts version={version} />
                </div>
                <Button
                  kind="quiet"
                  icon={<Download className="icon" />}
                  aria-label={t('files.downloadVersion', { version: version.version })}
                  disabled={isBusy}
                  onClick={() => onDownload(version.version)}
                >
                  {t('files.download')}
                </Button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function VersionFacts({
  version: { version, byteSize, uploadedBy, uploadedAt },
}: {
  readonly version: ShownVersion;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const when = format.timeOrDay(uploadedAt, nowForDisplay());
  return (
    <p className="text-[14px] text-muted-foreground tablet:text-[12.5px]">
      {t('files.version', { version })} ·{' '}
      {t('files.facts', { size: sayBytes(byteSize, format), who: uploadedBy, when })}
    </p>
  );
}
