import { Lock, LockOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { Button } from '#ui/button.tsx';
import { Chip } from '#ui/chip.tsx';
import type { CaseTemplate } from './read-template.ts';

/** "11 of 12, missing: 1 XLR 10 m", and whether it is closed; what is missing is told before it is sealed. */
export function CaseState({
  template,
  isSealed,
  onSeal,
  onOpen,
}: {
  readonly template: CaseTemplate | null;
  readonly isSealed: boolean;
  readonly onSeal: () => void;
  readonly onOpen: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const missing = template?.missing.map(({ count, productName }) =>
    t('packing.missingLine', { number: format.count(count), product: productName }),
  );
  return (
    <section className="mx-4 mb-2.5 flex flex-none flex-wrap items-center gap-x-3 gap-y-2">
      <div className="min-w-40 flex-1">
        {isSealed && (
          <Chip tone="good" icon={<Lock />}>
            {t('packing.sealed')}
          </Chip>
        )}
        {template !== null && (
          <p className="text-[15px]">
            <span className="font-semibold">
              {t('packing.asItBelongs', {
                inside: format.count(template.insideCount),
                wanted: format.count(template.wantedCount),
              })}
            </span>{' '}
            {missing !== undefined && missing.length > 0 && (
              <span className="text-wrong-text">{t('packing.missing', { things: missing.join(', ') })}</span>
            )}
            {template.surplusCount > 0 && (
              <span className="text-muted-foreground">
                {' '}
                {t('packing.surplus', {
                  count: template.surplusCount,
                  shown: format.count(template.surplusCount),
                })}
              </span>
            )}
          </p>
        )}
      </div>
      <Button
        kind="outline"
        size="touch"
        icon={
          isSealed ? (
            <LockOpen className="icon" aria-hidden="true" />
          ) : (
            <Lock className="icon" aria-hidden="true" />
          )
        }
        onClick={isSealed ? onOpen : onSeal}
      >
        {t(isSealed ? 'packing.open' : 'packing.seal')}
      </Button>
    </section>
  );
}
