import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { knownTimeZone, TimeZoneContext } from '#i18n/time-zone.ts';
import type { DeviceIdentity } from '#platform/device/device-identity.ts';
import type { Platform } from '#platform/platform.ts';
import type { Session } from '#platform/session/session.ts';
import { seenAs } from '#platform/session/viewed-role.ts';
import type { SyncState } from '#platform/sync/sync-state.ts';
import { useObservable } from './use-observable.ts';

const PlatformContext = createContext<Platform | null>(null);

export function PlatformProvider({
  platform,
  children,
}: {
  readonly platform: Platform;
  readonly children: ReactNode;
}) {
  const { timeZone } = useObservable(platform.session);
  return (
    <PlatformContext value={platform}>
      <TimeZoneContext value={knownTimeZone(timeZone)}>{children}</TimeZoneContext>
    </PlatformContext>
  );
}

export function usePlatform(): Platform {
  const platform = useContext(PlatformContext);
  if (platform === null) throw new Error('usePlatform needs a PlatformProvider around it');
  return platform;
}

/** Who uses the device, with the rights that screens go by. */
export function useSession(): Session {
  const platform = usePlatform();
  const session = useObservable(platform.session);
  const viewed = useObservable(platform.viewedRole);
  return useMemo(() => seenAs(session, viewed), [session, viewed]);
}

export function useDevice(): DeviceIdentity {
  return useObservable(usePlatform().device);
}

export function useSyncState(): SyncState {
  return useObservable(usePlatform().sync.state);
}

/** False while a new device still waits for the pieces: nothing can be scanned or counted yet. */
export function useIsStockHere(): boolean {
  return useSyncState().download.hasSynced;
}
