import { HardDrive } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ScanSession, SessionState } from '#platform/scanner/scan-session.ts';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';

/** The device could not keep a scan, or what was answered to one: what happened, what is safe, what to do. */
export function FailureNotices<Detail>({
  state: { failure, answerFailure, waitingCount },
  session,
}: {
  readonly state: SessionState<Detail>;
  readonly session: Pick<ScanSession<Detail>, 'retry' | 'dismissAnswerFailure'>;
}) {
  const { t } = useTranslation();
  return (
    <>
      {failure && (
        <div className="mx-2 my-1 flex-none">
          <Notice
            tone="alarm"
            icon={<HardDrive className="icon-lg" />}
            title={t(`scanning.failure.${failure.tag}.title`, { code: shortened(failure.code) })}
            actions={
              <Button kind="primary" onClick={() => session.retry()}>
                {t('scanning.failure.retry', { count: waitingCount })}
              </Button>
            }
          >
            {t(`scanning.failure.${failure.tag}.text`)}
            <Problem words={failure.problem} />
          </Notice>
        </div>
      )}
      {answerFailure && (
        <div className="mx-2 my-1 flex-none">
          <Notice
            tone="alarm"
            icon={<HardDrive className="icon-lg" />}
            title={t('scanning.failure.answer.title', { code: shortened(answerFailure.code) })}
            actions={<Button onClick={() => session.dismissAnswerFailure()}>{t('common.close')}</Button>}
          >
            {t('scanning.failure.answer.text')}
            <Problem words={answerFailure.problem} />
          </Notice>
        </div>
      )}
    </>
  );
}

/** The machine's words, to be read out to whoever helps. */
function Problem({ words }: { readonly words: string }) {
  return <span className="mt-1 block font-mono text-[12px] [overflow-wrap:anywhere]">{words}</span>;
}

function shortened(code: string): string {
  return code.slice(0, 40);
}
