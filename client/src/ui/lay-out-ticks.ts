export type TickKind = 'scanned' | 'missing' | 'away';
export type Tick = { readonly key: string; readonly kind: TickKind; readonly isGroupStart: boolean };

/** More than this is drawn as shares. */
export const MOST_TICKS = 60;
const GROUP = 12;

/**
 * Ticks for a count: scanned first, then missing, then away. More than `most` wanted are drawn as shares of it,
 * where scanned is rounded down: a full row means complete, never nearly.
 */
export function layOutTicks(
  count: { readonly wanted: number; readonly scanned: number; readonly away: number },
  most = MOST_TICKS,
): Tick[] {
  const wanted = Math.max(0, count.wanted);
  const scanned = Math.min(Math.max(0, count.scanned), wanted);
  const away = Math.min(Math.max(0, count.away), wanted - scanned);
  const total = Math.min(wanted, most);
  const ticksFor = (units: number) => (wanted === 0 ? 0 : (units * total) / wanted);
  const scannedTicks = Math.floor(ticksFor(scanned));
  const awayTicks = away === 0 ? 0 : Math.min(total - scannedTicks, Math.max(1, Math.round(ticksFor(away))));
  return Array.from({ length: total }, (_, index) => ({
    key: `tick-${index}`,
    kind: index < scannedTicks ? 'scanned' : index >= total - awayTicks ? 'away' : 'missing',
    isGroupStart: index > 0 && index % GROUP === 0,
  }));
}
