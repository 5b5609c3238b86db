import { useEffect, useState } from 'react';
import type { EnrolledPerson } from '#platform/shared-device/enrolled-person.ts';
import type { SharedDevice } from '#platform/shared-device/shared-device.ts';

const EVERY_MS = 1_000;
const LOCK = 'eventkit-pin-time';

/**
 * Those who can get in without signal, with how long they have to wait. The time is counted by how long the lock screen
 * is open, in one tab alone, so that neither a clock nor a reload nor a second tab makes it shorter.
 */
export function usePassingTime(device: SharedDevice): readonly EnrolledPerson[] {
  const [people, setPeople] = useState<readonly EnrolledPerson[]>([]);
  useEffect(() => {
    const gone = new AbortController();
    let counts = false;
    let lastMs = performance.now();
    const look = async () => {
      const nowMs = performance.now();
      const passedMs = nowMs - lastMs;
      lastMs = nowMs;
      if (counts) await device.passTime(passedMs);
      const now = await device.people();
      if (!gone.signal.aborted) setPeople(now);
    };
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    const untilGone = new Promise<void>((resolve) => {
      gone.signal.addEventListener('abort', () => resolve());
    });
    navigator.locks
      .request(LOCK, { signal: gone.signal }, () => {
        counts = true;
        return untilGone;
      })
      .catch((error: unknown) => {
        if (!gone.signal.aborted) throw error;
      });
    return () => {
      gone.abort();
      clearInterval(timer);
    };
  }, [device]);
  return people;
}
