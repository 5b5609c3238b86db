import { useTranslation } from 'react-i18next';
import { Button } from '#ui/button.tsx';
import { HoldButton } from '#ui/hold-button.tsx';
import type { ShownDevice } from './read-health.ts';
import { useDeviceStanding } from './use-sync-health.ts';

/** Out or in again: for what is lost, stolen, or in other hands. */
export function DeviceStanding({
  device: { id: deviceId, revokedAt },
  isWithout,
}: {
  readonly device: Pick<ShownDevice, 'id' | 'revokedAt'>;
  readonly isWithout: boolean;
}) {
  const { t } = useTranslation();
  const standing = useDeviceStanding();
  const isDisabled = isWithout || standing.isPending;
  const isIn = revokedAt === null;
  return (
    <div className="pe-4 pb-5 ps-13">
      {isIn ? (
        <HoldButton
          kind="outline"
          isDisabled={isDisabled}
          onHeld={() => standing.mutate({ deviceId, isIn: false })}
        >
          {t('health.shutOut')}
        </HoldButton>
      ) : (
        <Button disabled={isDisabled} onClick={() => standing.mutate({ deviceId, isIn: true })}>
          {t('health.letIn')}
        </Button>
      )}
      <p className="mt-1.5 text-[14px] text-muted-foreground tablet:text-[13px]" aria-live="polite">
        {standing.isError ? (
          <span className="text-wrong-text">{t('health.standingFailed')}</span>
        ) : (
          t(isIn ? 'health.shutOutHint' : 'health.letInHint')
        )}
      </p>
    </div>
  );
}
