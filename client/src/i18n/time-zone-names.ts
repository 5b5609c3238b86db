/** Names of time zones, with one that this browser may not know. */
export function timeZones(besides: string): readonly string[] {
  return [...new Set(['UTC', besides, ...Intl.supportedValuesOf('timeZone')])].toSorted();
}

/** As people read it: `America/New York`. */
export function timeZoneName(zone: string): string {
  return zone.replaceAll('_', ' ');
}
