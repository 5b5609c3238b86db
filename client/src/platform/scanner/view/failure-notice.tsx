import { HardDrive } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SessionState } from '#platform/scanner/scan-session.ts';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';

/** The device could not keep a scan: what happened, what is safe, what to do. */
export function FailureNotice({
  failure,
  waitingCount,
  onRetry,
}: {
  readonly failure: NonNullable<SessionState<unknown>['failure']>;
  readonly waitingCount: number;
  readonly onRetry: () => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="mx-2 my-1 flex-none">
      <Notice
        tone="alarm"
        icon={<HardDrive className="icon-lg" />}
        title={t(`scanning.failure.${failure.tag}.title`, { code: failure.code.slice(0, 40) })}
        actions={
          <Button kind="primary" onClick={onRetry}>
            {t('scanning.failure.retry', { count: waitingCount })}
          </Button>
        }
      >
        {t(`scanning.failure.${failure.tag}.text`)}
        <span className="mt-1 block font-mono text-[12px]">{failure.problem}</span>
      </Notice>
    </div>
  );
}
