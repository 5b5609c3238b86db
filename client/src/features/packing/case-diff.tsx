import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import { ListX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { Button } from '#ui/button.tsx';
import { Code } from '#ui/code.tsx';
import { Notice } from '#ui/notice.tsx';
import type { WhereItIs } from './case-acts.ts';
import { type CaseList, differs, type ListedThing } from './read-case-list.ts';

/** How what is inside differs from the list that went with the case, each with one touch that says what is true. */
export function CaseDiff({
  list,
  isSealed,
  canBeLost,
  onSay,
  onTakeOut,
}: {
  readonly list: CaseList;
  readonly isSealed: boolean;
  /** False away from home: nothing is lost where the case does not stand in stock. */
  readonly canBeLost: boolean;
  readonly onSay: (id: AssetId, where: WhereItIs) => void;
  readonly onTakeOut: (id: AssetId) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!differs(list)) return null;
  const time = format.shortMoment(list.madeAt, nowForDisplay());
  const { eventId } = list;
  return (
    <div className="mx-2 mt-2 tablet:mx-4">
      <Notice
        tone="warn"
        icon={<ListX className="icon-lg" aria-hidden="true" />}
        title={t(isSealed ? 'packing.sealedDiffers' : 'packing.differs')}
      >
        <p>
          {t(`packing.listOf.${list.madeBy}`, {
            time,
            name: list.byName ?? t('assets.whoUnknown'),
            event: list.eventName ?? '',
          })}
        </p>
        <ul className="mt-2 space-y-2 text-foreground">
          {list.missing.map((thing) => (
            <li key={thing.id}>
              <Line thing={thing} what={t('packing.isMissing')} />
              <div className="mt-1 flex flex-wrap gap-2">
                <Button kind="secondary" size="touch" onClick={() => onSay(thing.id, { kind: 'inside' })}>
                  {t('packing.isInside')}
                </Button>
                {eventId !== null && (
                  <Button
                    kind="secondary"
                    size="touch"
                    onClick={() => onSay(thing.id, { kind: 'at_event', eventId })}
                  >
                    {t('packing.isAtEvent', { event: list.eventName ?? '' })}
                  </Button>
                )}
                {canBeLost && (
                  <Button kind="secondary" size="touch" onClick={() => onSay(thing.id, { kind: 'lost' })}>
                    {t('packing.isLost')}
                  </Button>
                )}
              </div>
            </li>
          ))}
          {list.swapped.map(({ missing, extra }) => (
            <li key={missing.id}>
              <Line thing={extra} what={t('packing.isInsteadOf', { code: missing.code })} />
            </li>
          ))}
          {list.extra.map((thing) => (
            <li key={thing.id}>
              <Line thing={thing} what={t('packing.isExtra')} />
              <div className="mt-1">
                <Button kind="secondary" size="touch" onClick={() => onTakeOut(thing.id)}>
                  {t('packing.unpack')}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

function Line({ thing, what }: { readonly thing: ListedThing; readonly what: string }) {
  return (
    <p>
      <Code className="font-semibold">{thing.code}</Code> {thing.productName}
      <span className="block text-[14px] text-muted-foreground">{what}</span>
    </p>
  );
}
