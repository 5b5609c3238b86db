import { useEffect, useState } from 'react';

/** Room for this app as the browser states it, whole megabytes; null where it does not say. */
export function useStorageRoom(): { readonly usedMegabytes: number; readonly freeMegabytes: number } | null {
  const [room, setRoom] = useState<{ usedMegabytes: number; freeMegabytes: number } | null>(null);
  useEffect(() => {
    let isGone = false;
    void navigator.storage?.estimate?.().then(({ usage = 0, quota = 0 }) => {
      if (isGone) return;
      setRoom({
        usedMegabytes: Math.round(usage / 1e6),
        freeMegabytes: Math.max(0, Math.round((quota - usage) / 1e6)),
      });
    });
    return () => {
      isGone = true;
    };
  }, []);
  return room;
}
