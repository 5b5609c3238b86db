import { createClient } from '@connectrpc/connect';
import { BadgeService } from '@eventkit/proto/gen/eventkit/v1/badges_pb.ts';
import { instantOrNull } from '@eventkit/shared/kernel/instant.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';

const BADGES = ['badges'];
const OWN_PIN = ['own-pin'];

/** Everybody of the company, with what they have of a badge and a PIN. */
export function useBadges(isEnabled: boolean) {
  const badges = useBadgeClient();
  return useQuery({
    queryKey: BADGES,
    enabled: isEnabled,
    staleTime: 0,
    queryFn: async ({ signal }) => {
      const { people } = await badges.listBadges({}, { signal });
      return people.map(({ personId, name, badgeGivenAtMicros, hasPin }) => ({
        personId,
        name,
        badgeGivenAt: instantOrNull(badgeGivenAtMicros),
        hasPin,
      }));
    },
  });
}

export type BadgeHolder = NonNullable<ReturnType<typeof useBadges>['data']>[number];

/** Answers the code of the badge, which nothing keeps. */
export function useGiveBadge() {
  const badges = useBadgeClient();
  const refresh = useRefresh(BADGES);
  return useMutation({
    gcTime: 0,
    mutationFn: async (personId: string) => (await badges.giveBadge({ personId })).secretCode,
    onSuccess: refresh,
  });
}

/** Takes the badge or the PIN of somebody away. */
export function useTakeAway() {
  const badges = useBadgeClient();
  const refresh = useRefresh(BADGES);
  return useMutation<unknown, unknown, { readonly personId: string; readonly what: 'badge' | 'pin' }>({
    mutationFn: ({ personId, what }) =>
      what === 'badge' ? badges.withdrawBadge({ personId }) : badges.clearPin({ personId }),
    onSuccess: refresh,
  });
}

export function useOwnPin(isEnabled: boolean) {
  const badges = useBadgeClient();
  return useQuery({
    queryKey: OWN_PIN,
    enabled: isEnabled,
    staleTime: 0,
    queryFn: ({ signal }) => badges.getOwnPin({}, { signal }),
  });
}

export function useSetPin() {
  const badges = useBadgeClient();
  const refresh = useRefresh(OWN_PIN);
  return useMutation({
    gcTime: 0,
    mutationFn: (pin: string) => badges.setOwnPin({ pin }),
    onSuccess: refresh,
  });
}

function useBadgeClient() {
  const { transport } = usePlatform().rpc;
  return useMemo(() => createClient(BadgeService, transport), [transport]);
}

function useRefresh(queryKey: readonly string[]): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey });
}
