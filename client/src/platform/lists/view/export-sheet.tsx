import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { pickLanguage } from '#i18n/language.ts';
import { useFormat } from '#i18n/use-format.ts';
import { fileNameOf, saveFile } from '#platform/browser/save-file.ts';
import { type ExportFormat, exportList } from '#platform/lists/export-list.ts';
import type { ListFace } from '#platform/lists/list-face.ts';
import type { ListSource } from '#platform/lists/list-source.ts';
import { cellOf } from '#platform/lists/say-cell.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Sheet } from '#ui/sheet.tsx';

/** The rows as a file, with the columns that are shown, in their order. */
export function ExportSheet({
  source,
  face,
  title,
  columns,
  count,
  readIds,
  onClose,
}: {
  readonly source: ListSource;
  readonly face: ListFace;
  readonly title: string;
  readonly columns: readonly string[];
  readonly count: number;
  readonly readIds: () => readonly string[];
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { replica } = usePlatform();
  const [doneCount, setDoneCount] = useState<number | null>(null);
  const [savedAs, setSavedAs] = useState<string | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const save = async (kind: ExportFormat) => {
    const what = {
      title,
      head: columns.map(face.labelOf),
      cellsOf: (row: Parameters<typeof cellOf>[2]) =>
        columns.map((column) => cellOf({ source, face }, column, row)),
    };
    const language = pickLanguage([i18n.language]);
    setDoneCount(0);
    const file = await exportList({ replica, source }, readIds(), what, { kind, language }, setDoneCount);
    const name = fileNameOf(['eventkit', title, nowForDisplay().slice(0, 10)], kind);
    saveFile(name, file, file.type);
    setSavedAs(name);
  };
  const start = (kind: ExportFormat) => {
    setFailed(false);
    setSavedAs(null);
    save(kind)
      .catch((error: unknown) => {
        console.error(error);
        setFailed(true);
      })
      .finally(() => setDoneCount(null));
  };
  return (
    <Sheet title={t('lists.export')} isOpen onClose={onClose} closeLabel={t('common.close')}>
      <p className="mb-4 text-muted-foreground">
        {t('lists.exportText', { count, shown: format.count(count) })}
      </p>
      <div className="grid grid-cols-2 gap-3">
        {(['csv', 'xlsx'] as const).map((kind) => (
          <Button
            key={kind}
            kind="outline"
            size="touch"
            hint={t(`lists.${kind}Hint`)}
            disabled={doneCount !== null}
            onClick={() => start(kind)}
          >
            {t(`lists.${kind}`)}
          </Button>
        ))}
      </div>
      <div className="mt-3 min-h-6" aria-live="polite">
        {doneCount !== null &&
          t('lists.exporting', { done: format.count(doneCount), of: format.count(count) })}
        {savedAs !== null && t('lists.saved', { name: savedAs })}
        {hasFailed && <Notice tone="alarm" title={t('lists.exportFailed')} />}
      </div>
    </Sheet>
  );
}
