import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { Notice } from '#ui/notice.tsx';
import type { useParts } from './use-parts.ts';

/** How far something is that takes several operations, and that it failed. One alone is over before it is read. */
export function PartsNotice({
  parts: { progress, hasFailed },
  doing,
}: {
  readonly parts: ReturnType<typeof useParts>;
  readonly doing: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  if (hasFailed) return <Notice tone="alarm" title={t('stocktake.notRecorded')} />;
  if (progress === null || progress.of < 2) return null;
  return (
    <Notice title={doing}>
      <div
        role="progressbar"
        aria-label={doing}
        aria-valuenow={progress.done}
        aria-valuemin={0}
        aria-valuemax={progress.of}
        className="my-2 h-3 overflow-hidden rounded-chip bg-secondary"
      >
        <div className="h-full bg-primary" style={{ width: `${(100 * progress.done) / progress.of}%` }} />
      </div>
      {t('stocktake.parts', { done: format.count(progress.done), of: format.count(progress.of) })}
    </Notice>
  );
}
