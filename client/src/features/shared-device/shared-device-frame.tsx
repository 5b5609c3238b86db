import { type CSSProperties, Fragment, type ReactNode, useEffect, useState } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { useObservable } from '#platform/live/use-observable.ts';
import { useCodeDesk } from '#platform/scanner/code-desk-context.tsx';
import { isBadgeCode, type SharedDevice } from '#platform/shared-device/shared-device.ts';
import { ActingBar } from './acting-bar.tsx';
import { LockScreen } from './lock-screen.tsx';
import { useIdleLock } from './use-idle-lock.ts';

/** A badge that was just scanned; a second scan of it is another one. */
export type ScannedBadge = { readonly code: string };

/** The app of who is at the shared device, or the lock screen. A badge that is scanned anywhere hands over. */
export function SharedDeviceFrame({ children }: { readonly children: ReactNode }) {
  const platform = usePlatform();
  const { acting } = useObservable(platform.sharing);
  const [device, setDevice] = useState<SharedDevice | null>(null);
  const [badge, setBadge] = useState<ScannedBadge | null>(null);
  const desk = useCodeDesk();
  const isOpen = acting !== null;

  useEffect(() => {
    let isGone = false;
    void platform.openSharedDevice().then((opened) => {
      if (!isGone) setDevice(opened);
    });
    return () => {
      isGone = true;
    };
  }, [platform]);

  useEffect(
    () =>
      desk.divert(({ text }) => {
        if (!isBadgeCode(text)) return !isOpen;
        setBadge({ code: text });
        device?.lock();
        return true;
      }),
    [desk, device, isOpen],
  );

  const lock = () => {
    setBadge(null);
    device?.lock();
  };
  useIdleLock(isOpen, lock);

  if (device === null) return null;
  if (acting === null) return <LockScreen device={device} badge={badge} />;
  const below: CSSProperties & Record<'--app-height', string> = { '--app-height': 'calc(100dvh - 3rem)' };
  return (
    <div style={below}>
      <ActingBar person={acting.session} onSwitch={lock} />
      <Fragment key={acting.session.userId}>{children}</Fragment>
    </div>
  );
}
