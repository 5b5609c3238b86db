import { createContext, useContext } from 'react';

/** The zone that times are shown and typed in; undefined for the device's own. */
export const TimeZoneContext = createContext<string | undefined>(undefined);

/** The zone of this name; undefined for none, and for one that this browser does not know. */
export function knownTimeZone(name: string): string | undefined {
  try {
    return name === ''
      ? undefined
      : new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    // A RangeError is how Intl says no.
    return undefined;
  }
}

export function useTimeZone(): string | undefined {
  return useContext(TimeZoneContext);
}
