import { FileUp } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { type ImportResult, importProblemOf } from './read-import.ts';
import { sayProblem } from './say-kept.ts';
import { useImportFile } from './use-sync-health.ts';

/** The way in for what a device saved because it could not go up by itself. */
export function ImportFile({ isWithout }: { readonly isWithout: boolean }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const bring = useImportFile();
  return (
    <section className="pb-6">
      <SectionHeading>{t('health.import.title')}</SectionHeading>
      <div className="grid gap-3 px-4 py-3">
        <p className="text-muted-foreground">{t('health.import.explain')}</p>
        <div>
          <input
            ref={field}
            type="file"
            accept="application/json,.json"
            aria-label={t('health.import.button')}
            className="sr-only"
            tabIndex={-1}
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              if (file !== undefined) bring.mutate(file);
              // The same file may be chosen again.
              target.value = '';
            }}
          />
          <Button
            kind="outline"
            icon={<FileUp className="icon" aria-hidden="true" />}
            disabled={isWithout || bring.isPending}
            onClick={() => field.current?.click()}
          >
            {t('health.import.button')}
          </Button>
        </div>
        <div aria-live="polite">
          {bring.isPending && <p className="text-muted-foreground">{t('health.import.pending')}</p>}
          {bring.isError && <Refused error={bring.error} />}
          {bring.isSuccess && <Result result={bring.data} />}
        </div>
      </div>
    </section>
  );
}

function Refused({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const problem = importProblemOf(error);
  return (
    <Notice tone="warn" title={t('health.import.refusedTitle')}>
      {t(`health.import.refused.${problem}`)}
    </Notice>
  );
}

const outcomes = ['taken', 'already_there', 'kept_unread', 'damaged'] as const;

function Result({ result }: { readonly result: ImportResult }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { deviceName, madeAt, isWhole, counts, leftOut } = result;
  const time = format.timeOrDay(madeAt, nowForDisplay());
  return (
    <Notice
      tone={isWhole && leftOut.length === 0 ? 'good' : 'warn'}
      title={t('health.import.doneTitle', { name: deviceName, time })}
    >
      {!isWhole && <p className="mb-2 text-wrong-text">{t('health.import.notWhole')}</p>}
      <ul>
        {outcomes
          .filter((outcome) => counts[outcome] > 0 || outcome === 'taken')
          .map((outcome) => (
            <li key={outcome}>
              {t(`health.import.outcome.${outcome}`, {
                count: counts[outcome],
                shown: format.count(counts[outcome]),
              })}
            </li>
          ))}
      </ul>
      {leftOut.length > 0 && (
        <ul className="mt-2 text-[14px] tablet:text-[12px]">
          {leftOut.slice(0, 50).map(({ id, sequence, outcome, reason }) => (
            <li key={id}>
              <span className="font-mono">#{sequence}</span>{' '}
              {outcome === 'damaged' ? t('health.import.damaged') : t(`health.problem.${sayProblem(reason)}`)}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
