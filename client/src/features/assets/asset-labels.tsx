import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import { Link } from '@tanstack/react-router';
import { Printer, Tag, Undo2, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { retireLabel } from '#platform/labels/label-acts.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import type { FoundAsset } from '#platform/scanner/find-asset.ts';
import { useLiveRead } from '#platform/scanner/use-live-read.ts';
import { Button } from '#ui/button.tsx';
import { buttonClass } from '#ui/button-class.ts';
import { Code } from '#ui/code.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import { Notice } from '#ui/notice.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { LabelHistory } from './label-history.tsx';
import { type LabelNow, readLabels } from './read-labels.ts';

const AddLabelSheet = lazy(() =>
  import('./add-label-sheet.tsx').then((module) => ({ default: module.AddLabelSheet })),
);

const TABLES = ['assets', 'labels', 'labels_overlay', 'label_facts', 'label_facts_overlay'];

/** What was done here and can be taken back. */
type Done = { readonly kind: 'added' | 'removed'; readonly code: string; readonly operationId: OperationId };

/** The codes that find an asset, since when and by whom; one more, one less, and what became of others. */
export function AssetLabels({ asset }: { readonly asset: FoundAsset }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { replica, recordOperation } = usePlatform();
  const labels = useLiveRead(asset.id, TABLES, (reader) => readLabels(reader, asset.id));
  const [isAdding, setAdding] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const [hasFailed, setFailed] = useState(false);
  if (labels.value === null) return null;
  const { now, history } = labels.value;

  const remove = async (code: string) => {
    const recorded = await retireLabel({ replica, recordOperation }, code);
    setFailed(!recorded.ok);
    if (!recorded.ok || recorded.value === null) return;
    setDone({ kind: 'removed', code, operationId: recorded.value.operation.id });
  };
  const takeBack = async ({ operationId }: Done) => {
    const recorded = await recordOperation({ kind: 'undo', operationId });
    setFailed(!recorded.ok);
    if (recorded.ok) setDone(null);
  };

  return (
    <section>
      <SectionHeading end={t('labels.count', { count: now.length, shown: format.count(now.length) })}>
        {t('labels.heading')}
      </SectionHeading>
      <ul className="mx-4">
        {now.map((label) => (
          <LabelRow key={label.code} label={label} onRemove={() => void remove(label.code)} />
        ))}
      </ul>
      <div className="flex flex-col gap-3 px-4 py-3">
        {done && (
          <Notice
            title={t(`labels.${done.kind}`, { code: done.code })}
            actions={
              <Button
                aria-keyshortcuts="Control+Z Meta+Z"
                icon={<Undo2 className="icon" />}
                onClick={() => void takeBack(done)}
              >
                {t('labels.takeBack')}
              </Button>
            }
          />
        )}
        {hasFailed && <Notice tone="alarm" title={t('labels.failed')} />}
        <div className="flex flex-wrap gap-2">
          <Button icon={<Tag className="icon" />} onClick={() => setAdding(true)}>
            {t('labels.add')}
          </Button>
          <Link to="/labels" search={{ asset: asset.id }} className={buttonClass('secondary', 'control')}>
            <Printer className="icon" aria-hidden="true" />
            {t('labels.print.one')}
          </Link>
        </div>
        <LabelHistory entries={history} />
      </div>
      {isAdding && (
        <Suspense fallback={null}>
          <AddLabelSheet
            asset={asset}
            onAdded={(code, operationId) => {
              setAdding(false);
              if (operationId !== null) setDone({ kind: 'added', code, operationId });
            }}
            onClose={() => setAdding(false)}
          />
        </Suspense>
      )}
    </section>
  );
}

function LabelRow({ label, onRemove }: { readonly label: LabelNow; readonly onRemove: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { code, isOwn, putOn } = label;
  const since =
    putOn === null
      ? t(isOwn ? 'labels.own' : 'labels.always')
      : t('labels.since', {
          time: format.timeOrDay(putOn.at, nowForDisplay()),
          who: putOn.who ?? t('assets.whoUnknown'),
        });
  return (
    <li className="flex min-h-14 items-center gap-3 border-b border-rule py-1 last:border-b-0 tablet:min-h-10">
      <div className="min-w-0 flex-1">
        <Code className="block truncate font-medium">{code}</Code>
        <span className="block truncate text-[14px] text-muted-foreground tablet:text-[12.5px]">{since}</span>
      </div>
      {!isOwn && (
        <IconButton label={t('labels.takeOff', { code })} onClick={onRemove}>
          <X className="icon-lg" />
        </IconButton>
      )}
    </li>
  );
}
