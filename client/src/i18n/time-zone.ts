import { createContext, useContext } from 'react';

/** The zone that times are shown and typed in; undefined for the device's own. */
export const TimeZoneContext = createContext<string | undefined>(undefined);

export function useTimeZone(): string | undefined {
  return useContext(TimeZoneContext);
}
