import type { AssetId, ProductId } from '@eventkit/shared/kernel/ids.ts';
import { ChevronLeft, Printer, Tags } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { loadChosen } from '#platform/labels/chosen-things.ts';
import { useSession } from '#platform/live/replica-context.tsx';
import { goBack } from '#platform/scanner/go-back.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { BlankChoice } from './blank-choice.tsx';
import { keepChoices, loadChoices } from './kept-choices.ts';
import { type LabelFormatId, labelFormatIds, labelFormats, labelsOnPage, pagesOf } from './label-formats.ts';
import { LabelPages } from './label-pages.tsx';
import { prefixOfCompany } from './labels-to-print.ts';
import { NumberField } from './number-field.tsx';
import { PrintedLabel } from './printed-label.tsx';
import { useLabelsToPrint } from './use-labels-to-print.ts';

/** More than anybody looks through before printing. */
const SHOWN = 24;

/** Labels of a thing, of the things of a product, of chosen things, or blank ones: how, on which paper, as they come out, and print. */
export function PrintLabelsScreen({
  assetId,
  productId,
  isOfChosen,
}: {
  readonly assetId: AssetId | null;
  readonly productId: ProductId | null;
  /** Of what was chosen in a list just before. */
  readonly isOfChosen: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenantName } = useSession();
  const [kept] = useState(() => loadChoices(localStorage));
  const [formatId, setFormatId] = useState<LabelFormatId>(kept.format);
  const [prefix, setPrefix] = useState(kept.prefix ?? prefixOfCompany(tenantName));
  const [blankCount, setBlankCount] = useState(24);
  const [skipCount, setSkipCount] = useState(0);
  const [chosenIds] = useState(() => (isOfChosen ? loadChosen(sessionStorage) : null));
  const isBlank = assetId === null && productId === null && chosenIds === null;
  const isOfMany = productId !== null || chosenIds !== null;
  const { all, chosen, isReady, toggle, chooseAll, drawAnew } = useLabelsToPrint(
    { assetId, productId, chosenIds },
    { prefix, count: blankCount },
  );
  const paper = labelFormats[formatId];
  const pageCount = pagesOf(chosen, paper, skipCount).length;
  const print = () => {
    keepChoices(localStorage, { format: formatId, prefix: isBlank ? prefix : kept.prefix });
    window.print();
  };
  const numbers = { count: chosen.length, shown: format.count(chosen.length) };

  return (
    <Screen
      header={
        <ScreenHeader
          title={t('labels.print.title')}
          facts={isBlank ? t('labels.print.blankFacts') : chosenIds === null ? (all[0]?.title ?? '') : ''}
          back={
            <IconButton label={t('common.back')} onClick={goBack}>
              <ChevronLeft className="icon-lg" />
            </IconButton>
          }
        />
      }
      footer={
        <div className="safe-bottom border-t border-border bg-surface px-4 pt-3">
          <Button
            kind="primary"
            size="main"
            className="w-full max-w-xl"
            disabled={chosen.length === 0}
            icon={<Printer className="size-7" />}
            hint={
              labelsOnPage(paper) === 1
                ? undefined
                : t('labels.print.sheets', { count: pageCount, shown: format.count(pageCount) })
            }
            onClick={print}
          >
            {t('labels.print.act', numbers)}
          </Button>
        </div>
      }
    >
      <div className="grid max-w-3xl gap-5 px-4 py-4">
        <Segmented<LabelFormatId>
          legend={t('labels.print.paper')}
          value={formatId}
          choices={labelFormatIds.map((value) => ({ value, label: t(`labels.print.format.${value}`) }))}
          onChange={setFormatId}
        />
        {labelsOnPage(paper) > 1 && (
          <NumberField
            label={t('labels.print.skip')}
            value={skipCount}
            least={0}
            most={labelsOnPage(paper) - 1}
            onChange={setSkipCount}
          />
        )}
        {isBlank && (
          <BlankChoice
            prefix={prefix}
            count={blankCount}
            onPrefix={setPrefix}
            onCount={setBlankCount}
            onDrawAnew={drawAnew}
          />
        )}
      </div>
      {isReady && all.length === 0 && !isBlank ? (
        <EmptyState icon={<Tags />} title={t('labels.print.none')} />
      ) : (
        <ul className="flex flex-wrap gap-3 px-4 pb-6" aria-label={t('labels.print.preview')}>
          {all.slice(0, isOfMany ? all.length : SHOWN).map((label) => (
            <li key={label.code} className="flex items-center gap-3">
              {isOfMany && (
                <input
                  type="checkbox"
                  className="size-6 accent-primary"
                  aria-label={label.code}
                  checked={chosen.includes(label)}
                  onChange={() => toggle(label.code)}
                />
              )}
              <div className="overflow-hidden rounded-control border border-border">
                <PrintedLabel label={label} format={paper} company={tenantName} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {isOfMany && all.length > 1 && (
        <div className="flex gap-2 px-4 pb-6">
          <Button onClick={() => chooseAll(true)}>{t('labels.print.all')}</Button>
          <Button onClick={() => chooseAll(false)}>{t('labels.print.noneChosen')}</Button>
        </div>
      )}
      <LabelPages labels={chosen} format={paper} skipCount={skipCount} company={tenantName} />
    </Screen>
  );
}
