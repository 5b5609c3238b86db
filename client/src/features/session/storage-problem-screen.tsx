import { RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StorageProblem } from '#platform/replica/storage-problem.ts';
import { Button } from '#ui/button.tsx';
import { StartScreen } from './start-screen.tsx';

/** Why there is no local database, in words, with the way out; the machine's own words for the office below. */
export function StorageProblemScreen({
  problem,
  onRetry,
}: {
  readonly problem: StorageProblem;
  readonly onRetry: () => void;
}) {
  const { t } = useTranslation();
  return (
    <StartScreen
      title={t(`session.storage.${problem.kind}.title`)}
      actions={
        <Button kind="primary" size="main" icon={<RotateCw className="icon-lg" />} onClick={onRetry}>
          {t('session.storage.retry')}
        </Button>
      }
    >
      <p>{t(`session.storage.${problem.kind}.text`)}</p>
      <details className="mt-5 text-[14px]">
        <summary className="min-h-12 content-center">{t('session.storage.detail')}</summary>
        <p className="font-mono text-[13px] break-all">{problem.detail}</p>
      </details>
    </StartScreen>
  );
}
