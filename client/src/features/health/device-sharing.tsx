import { createClient } from '@connectrpc/connect';
import { SharedDeviceService } from '@eventkit/proto/gen/eventkit/v1/badges_pb.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { TickRow } from '#ui/tick-row.tsx';
import type { ShownDevice } from './read-health.ts';

/** Whether several people work on a device by badge and PIN, and who of them is enrolled on it. */
export function DeviceSharing({
  device: { id: deviceId, name },
  isOpen,
}: {
  readonly device: Pick<ShownDevice, 'id' | 'name'>;
  /** Nothing is asked about devices that nobody looks at. */
  readonly isOpen: boolean;
}) {
  const { t } = useTranslation();
  const { transport } = usePlatform().rpc;
  const queries = useQueryClient();
  const sharing = useMemo(() => createClient(SharedDeviceService, transport), [transport]);
  const queryKey = ['shared-device', deviceId];
  const { data } = useQuery({
    queryKey,
    enabled: isOpen,
    staleTime: 0,
    queryFn: ({ signal }) => sharing.getSharedDevice({ deviceId }, { signal }),
  });
  const share = useMutation({
    mutationFn: (isShared: boolean) => sharing.setDeviceShared({ deviceId, isShared }),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  if (data === undefined) return null;
  return (
    <div className="pe-4 pb-4 ps-13">
      <TickRow isTicked={data.isShared} onChange={(isShared) => share.mutate(isShared)}>
        {t('sharedDevice.share.label', { name })}
      </TickRow>
      <p className="mt-1.5 text-[14px] text-muted-foreground tablet:text-[13px]" aria-live="polite">
        {share.isError ? (
          <span className="text-wrong-text">{t('sharedDevice.share.failed')}</span>
        ) : data.isShared && data.people.length > 0 ? (
          t('sharedDevice.share.enrolled', { names: data.people.map((person) => person.name).join(', ') })
        ) : (
          t('sharedDevice.share.hint')
        )}
      </p>
    </div>
  );
}
