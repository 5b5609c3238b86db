import { Files } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileSubject } from '#platform/files/use-files.ts';
import { Button } from '#ui/button.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';

const FilesPanel = lazy(() => import('./files-panel.tsx').then((module) => ({ default: module.FilesPanel })));

/** The files of a record, asked for when somebody wants to see them: nobody who scans waits for them. */
export function RecordFiles({ subject }: { readonly subject: FileSubject }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <section>
      <SectionHeading>{t('files.heading')}</SectionHeading>
      {isOpen ? (
        <Suspense>
          <FilesPanel subject={subject} />
        </Suspense>
      ) : (
        <div className="grid justify-items-start gap-2 px-4 py-3">
          <Button kind="outline" icon={<Files className="icon" />} onClick={() => setOpen(true)}>
            {t('files.show')}
          </Button>
          <p className="text-[14px] text-muted-foreground tablet:text-[12.5px]">{t('files.onServer')}</p>
        </div>
      )}
    </section>
  );
}
