import { OctagonAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '#ui/button.tsx';
import { Code } from '#ui/code.tsx';
import { Notice } from '#ui/notice.tsx';

/** What happened, what is safe, what to do, and a number to tell the office. `waitingCount` null: not known. */
export function BrokenScreen({
  errorId,
  waitingCount,
}: {
  readonly errorId: string;
  readonly waitingCount: number | null;
}) {
  const { t } = useTranslation();
  return (
    <div className="mx-auto w-full max-w-xl p-4 tablet:pt-12">
      <Notice
        tone="alarm"
        icon={<OctagonAlert className="icon-lg text-blocked-text" aria-hidden="true" />}
        title={t('shell.error.title')}
        actions={
          <>
            <Button kind="primary" onClick={() => window.location.reload()}>
              {t('shell.error.reload')}
            </Button>
            <Button kind="outline" onClick={() => window.location.assign('/')}>
              {t('shell.error.today')}
            </Button>
            <Button kind="quiet" onClick={() => void navigator.clipboard.writeText(errorId)}>
              {t('shell.error.copy')}
            </Button>
          </>
        }
      >
        {waitingCount !== null && (
          <p className="text-foreground">
            {waitingCount === 0
              ? t('shell.error.nothingWaiting')
              : t('shell.error.safe', { count: waitingCount, shown: String(waitingCount) })}
          </p>
        )}
        <p className="mt-2">{t('shell.error.todo')}</p>
        <p className="mt-2 text-[17px] text-foreground">
          <Code>{errorId}</Code>
        </p>
      </Notice>
    </div>
  );
}
