import { ArrowLeftRight, ListPlus, Replace, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '#platform/live/replica-context.tsx';
import { HalfButton } from '#platform/scanner/view/half-button.tsx';
import type { SurplusDetail } from '#platform/surplus/surplus-detail.ts';
import { Button } from '#ui/button.tsx';

/** What can be done, by the thumb, about a thing that the list has no room for. */
export function SurplusButtons({
  detail,
  onPutBack,
  onPutOnList,
  onInstead,
  onKeep,
}: {
  readonly detail: SurplusDetail;
  readonly onPutBack: () => void;
  readonly onPutOnList: () => void;
  readonly onInstead: () => void;
  readonly onKeep: () => void;
}) {
  const { t } = useTranslation();
  const mayExtend = useSession().permissions.includes('planning:extend');
  return (
    <>
      <Button
        kind="primary"
        size="main"
        className="justify-start"
        icon={<Undo2 className="size-7" />}
        hint={t('scanning.wrong.putBackHint')}
        onClick={onPutBack}
      >
        {t('scanning.wrong.putBack')}
      </Button>
      <div className="grid grid-cols-2 gap-2 empty:hidden">
        {detail.toList !== undefined && mayExtend && (
          <HalfButton icon={ListPlus} onClick={onPutOnList}>
            {t('scanning.wrong.list')}
          </HalfButton>
        )}
        {detail.productId !== undefined && (
          <HalfButton icon={Replace} onClick={onInstead}>
            {t('scanning.wrong.instead')}
          </HalfButton>
        )}
      </div>
      <Button
        kind="outline"
        size="touch"
        className="justify-start"
        icon={<ArrowLeftRight className="icon-lg" />}
        hint={
          detail.from.kind === 'event'
            ? t('scanning.wrong.keepHintMoved', { event: detail.from.name })
            : t('scanning.wrong.keepHint')
        }
        onClick={onKeep}
      >
        {t('scanning.wrong.keep')}
      </Button>
    </>
  );
}
