import type { ProductId } from '@eventkit/shared/kernel/ids.ts';
import type { LeftBehind } from '@eventkit/shared/transport/truck-pack.ts';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { DrawnSignature } from '#platform/attachments/draw-signature.ts';
import { SignatureFields } from '#platform/attachments/view/signature-fields.tsx';
import { Button } from '#ui/button.tsx';
import { HoldButton } from '#ui/hold-button.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { Sheet } from '#ui/sheet.tsx';
import type { NotAboard, Truck } from './truck-view.ts';

const HOLD_MS = 1000;

export type Leaving = {
  readonly leftBehind: readonly LeftBehind[];
  readonly signatures: readonly DrawnSignature[];
  readonly andLeave: boolean;
};

type Answer = 'fetch' | LeftBehind['why'];

/** The driver's list before the doors close: what is not on board needs an answer, then a second of holding. */
export function LeaveSheet({
  truck,
  isOpen,
  onConfirm,
  onClose,
}: {
  readonly truck: Truck;
  readonly isOpen: boolean;
  readonly onConfirm: (said: Leaving) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [answers, setAnswers] = useState<ReadonlyMap<ProductId, Answer>>(new Map());
  const [signatures, setSignatures] = useState<readonly DrawnSignature[]>([]);
  const close = () => {
    setSignatures([]);
    onClose();
  };
  const missingCount = truck.notAboard.reduce((sum, { count }) => sum + count, 0);
  const answerOf = ({ productId }: NotAboard): Answer => answers.get(productId) ?? 'fetch';
  const fetched = truck.notAboard.filter((line) => answerOf(line) === 'fetch');
  const isFetching = fetched.length > 0;
  const leftBehind = truck.notAboard.flatMap((line): LeftBehind[] => {
    const why = answerOf(line);
    return why === 'fetch' ? [] : [{ productId: line.productId, count: line.count, why }];
  });
  const act = (andLeave: boolean) => {
    onConfirm({ leftBehind, signatures, andLeave });
    close();
  };
  return (
    <Sheet title={t('trucks.confirmTitle')} isOpen={isOpen} onClose={close} closeLabel={t('common.close')}>
      <div className="flex flex-col gap-4">
        {missingCount > 0 ? (
          <p className="flex items-center gap-3 text-[24px] leading-tight font-semibold">
            <TriangleAlert className="size-9 flex-none text-wrong-text" aria-hidden="true" />
            {t('trucks.leavingWithout', { count: missingCount, shown: format.count(missingCount) })}
          </p>
        ) : (
          <p className="text-[19px] font-semibold">{t('trucks.complete')}</p>
        )}
        {fetched.length > 1 && (
          <Button
            kind="outline"
            size="touch"
            onClick={() =>
              setAnswers(
                new Map([...answers, ...fetched.map(({ productId }) => [productId, 'follows'] as const)]),
              )
            }
          >
            {t('trucks.allFollow', { count: fetched.length })}
          </Button>
        )}
        <ul className="flex flex-col gap-4">
          {truck.notAboard.map((line) => (
            <li key={line.productId} className="border-t border-rule pt-3">
              <p className="text-[17px] font-semibold">
                {format.count(line.count)} × {line.productName}
              </p>
              <p className="mb-2 text-[14px] text-muted-foreground">
                {line.standingCount > 0
                  ? t('trucks.standing', {
                      count: line.standingCount,
                      shown: format.count(line.standingCount),
                    })
                  : t('trucks.notScanned')}
              </p>
              <Segmented<Answer>
                legend={t('trucks.why')}
                isLegendHidden
                value={answerOf(line)}
                onChange={(answer) => setAnswers(new Map(answers).set(line.productId, answer))}
                choices={(['fetch', 'follows', 'not_needed'] as const).map((value) => ({
                  value,
                  label: t(`trucks.${value}`),
                }))}
              />
            </li>
          ))}
        </ul>
        <SignatureFields signatures={signatures} onChange={setSignatures} />
        {isFetching && <p className="text-[14px] text-wrong-text">{t('trucks.fetchFirst')}</p>}
        <HoldButton
          holdMs={HOLD_MS}
          kind="primary"
          isDisabled={isFetching}
          hint={t('trucks.plannerTold')}
          onHeld={() => act(true)}
        >
          {missingCount > 0 ? t('trucks.holdLeaveWithout', { count: missingCount }) : t('trucks.holdLeave')}
        </HoldButton>
        <Button
          kind="outline"
          size="touch"
          disabled={isFetching}
          hint={t('trucks.confirmOnlyHint')}
          onClick={() => act(false)}
        >
          {t('trucks.confirmOnly')}
        </Button>
        <Button kind="quiet" size="touch" onClick={close}>
          {t('trucks.back')}
        </Button>
      </div>
    </Sheet>
  );
}
