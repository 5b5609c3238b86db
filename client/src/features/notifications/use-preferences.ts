import { createClient } from '@connectrpc/connect';
import {
  type GetPreferencesResponse,
  NotificationService,
} from '@eventkit/proto/gen/eventkit/v1/notifications_pb.ts';
import { notificationKindOfWire, wireOfNotificationKind } from '@eventkit/proto/notification-kinds.ts';
import type { NotificationKind } from '@eventkit/shared/notifications/notification-kinds.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useDevice, usePlatform } from '#platform/live/replica-context.tsx';

export type Choice = {
  readonly kind: NotificationKind;
  readonly isListed: boolean;
  readonly isPushed: boolean;
  readonly isMailed: boolean;
};
/** Minutes since midnight. */
export type QuietHours = { readonly fromMinute: number; readonly untilMinute: number };
export type Preferences = {
  readonly choices: readonly Choice[];
  readonly quiet: QuietHours | null;
  readonly timeZone: string;
  readonly pushKey: string;
  /** As the server has it; the browser may have forgotten. */
  readonly isSubscribed: boolean;
  readonly sendsMail: boolean;
};

const KEY = ['notification-preferences'];

/** How the person is told, as the server has it: asked anew on each opening. */
export function usePreferences(isEnabled: boolean) {
  const client = useNotificationClient();
  const { deviceId } = useDevice();
  return useQuery<Preferences>({
    queryKey: KEY,
    enabled: isEnabled,
    staleTime: 0,
    // What is changed here is kept by the screen: nothing of it is shown again from before.
    gcTime: 0,
    queryFn: async ({ signal }) => readPreferences(await client.getPreferences({ deviceId }, { signal })),
  });
}

export function useSaveChoice() {
  const client = useNotificationClient();
  return useMutation<unknown, unknown, Choice>({
    mutationFn: ({ kind, ...ways }) =>
      client.saveChoice({ choice: { ...ways, kind: wireOfNotificationKind(kind) } }),
  });
}

export function useSaveQuiet() {
  const client = useNotificationClient();
  return useMutation<unknown, unknown, QuietHours | null>({
    mutationFn: (quiet) => client.saveQuietHours(quiet === null ? {} : { quiet }),
  });
}

/** Whether this browser is pushed to; `impossible` where it cannot be. */
export type PushState = 'on' | 'off' | 'denied' | 'impossible';

const STATE_KEY = ['push-state'];

export function usePushState(isSubscribed: boolean) {
  return useQuery<PushState>({
    queryKey: [...STATE_KEY, isSubscribed],
    staleTime: 0,
    queryFn: async () => {
      const worker = 'PushManager' in window ? await navigator.serviceWorker.getRegistration() : undefined;
      if (worker === undefined) return 'impossible';
      if (Notification.permission === 'denied') return 'denied';
      return isSubscribed && (await worker.pushManager.getSubscription()) !== null ? 'on' : 'off';
    },
  });
}

/** Begins or ends to push to this browser. */
export function useSwitchPush(pushKey: string) {
  const client = useNotificationClient();
  const { deviceId } = useDevice();
  const queries = useQueryClient();
  return useMutation<unknown, unknown, boolean>({
    mutationFn: async (isOn) => {
      const { pushManager } = await navigator.serviceWorker.ready;
      const known = await pushManager.getSubscription();
      if (!isOn) {
        await client.unsubscribe({ deviceId });
        return known?.unsubscribe();
      }
      const options = { userVisibleOnly: true, applicationServerKey: pushKey };
      const { endpoint, keys } = (known ?? (await pushManager.subscribe(options))).toJSON();
      const { p256dh = '', auth = '' } = keys ?? {};
      return client.subscribe({ deviceId, endpoint: endpoint ?? '', p256dh, auth });
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: KEY });
      await queries.invalidateQueries({ queryKey: STATE_KEY });
    },
  });
}

function readPreferences(answer: GetPreferencesResponse): Preferences {
  const { choices, quiet, timeZone, pushKey, isSubscribed, sendsMail } = answer;
  return {
    choices: choices.flatMap(({ kind: wire, isListed, isPushed, isMailed }) => {
      const kind = notificationKindOfWire(wire);
      return kind === null ? [] : [{ kind, isListed, isPushed, isMailed }];
    }),
    quiet: quiet === undefined ? null : { fromMinute: quiet.fromMinute, untilMinute: quiet.untilMinute },
    ...{ timeZone, pushKey, isSubscribed, sendsMail },
  };
}

function useNotificationClient() {
  const { transport } = usePlatform().rpc;
  return useMemo(() => createClient(NotificationService, transport), [transport]);
}
