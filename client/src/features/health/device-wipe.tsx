import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { Eraser } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { Button } from '#ui/button.tsx';
import { HoldButton } from '#ui/hold-button.tsx';
import type { ShownDevice, ShownWipe } from './read-health.ts';
import { useDeviceWipe } from './use-sync-health.ts';

const HOLD_MS = 1_500;

/** Empties a device from afar, in one of two ways; says what is lost by each, and how far it has come. */
export function DeviceWipe({
  device: { id: deviceId, queueLength, wipe },
  now,
  isWithout,
}: {
  readonly device: Pick<ShownDevice, 'id' | 'queueLength' | 'wipe'>;
  readonly now: Instant;
  readonly isWithout: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const order = useDeviceWipe();
  const isDisabled = isWithout || order.isPending;
  const isBegun = wipe !== null && wipe.begunAt !== null;
  const kinds = (['collect', 'now'] as const).filter((kind) => kind !== wipe?.kind);
  return (
    <div className="grid gap-3 pe-4 pb-5 ps-13">
      {wipe !== null && <Progress wipe={wipe} now={now} />}
      {!isBegun &&
        kinds.map((kind) => (
          <div key={kind}>
            <HoldButton
              kind="outline"
              holdMs={HOLD_MS}
              icon={<Eraser className="icon" aria-hidden="true" />}
              isDisabled={isDisabled}
              onHeld={() => order.mutate({ deviceId, kind })}
            >
              {t(`health.wipe.${kind}`)}
            </HoldButton>
            <p className="mt-1.5 text-[14px] text-muted-foreground tablet:text-[13px]">
              {kind === 'collect'
                ? t('health.wipe.collectHint')
                : queueLength === 0
                  ? t('health.wipe.nowHintNone')
                  : t('health.wipe.nowHint', { count: queueLength, shown: format.count(queueLength) })}
            </p>
          </div>
        ))}
      {wipe !== null && !isBegun && (
        <div>
          <Button disabled={isDisabled} onClick={() => order.mutate({ deviceId, kind: null })}>
            {t('health.wipe.withdraw')}
          </Button>
        </div>
      )}
      <p className="text-[14px] text-wrong-text empty:hidden tablet:text-[13px]" aria-live="polite">
        {order.isError && t('health.wipe.failed')}
      </p>
    </div>
  );
}

function Progress({ wipe, now }: { readonly wipe: ShownWipe; readonly now: Instant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind, orderedAt, begunAt, doneAt, leftCount } = wipe;
  const left = { count: leftCount ?? 0, shown: format.count(leftCount ?? 0) };
  return (
    <div className="text-[15px] tablet:text-[13px]" aria-live="polite">
      <p className="font-medium">
        {doneAt !== null
          ? t('health.wipe.done', { time: format.timeOrDay(doneAt, now) })
          : begunAt !== null
            ? t('health.wipe.begun', { time: format.timeOrDay(begunAt, now) })
            : t(`health.wipe.ordered.${kind}`, { time: format.timeOrDay(orderedAt, now) })}
      </p>
      <p className="text-muted-foreground">
        {leftCount === null
          ? t('health.wipe.notHeard')
          : begunAt === null
            ? leftCount === 0
              ? t('health.wipe.leftNone')
              : t('health.wipe.left', left)
            : leftCount === 0
              ? t('health.wipe.lostNone')
              : t('health.wipe.lost', left)}
      </p>
    </div>
  );
}
