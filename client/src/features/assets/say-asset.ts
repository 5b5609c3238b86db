import type { TFunction } from 'i18next';
import type { Format } from '#i18n/format.ts';
import type { SaidPlace } from '#platform/scanner/describe-places.ts';
import type { HistoryEntry } from './read-history.ts';

export type Speaker = { readonly t: TFunction; readonly format: Format };

export function placeHeadline({ t }: Speaker, place: SaidPlace): string {
  switch (place.kind) {
    case 'location':
      return place.name === '' ? place.code : place.name;
    case 'event':
      return t('assets.onEvent', { event: place.name });
    case 'vehicle':
      return place.eventName === null
        ? t('assets.onVehicle', { vehicle: place.name })
        : t('assets.onVehicleFor', { vehicle: place.name, event: place.eventName });
    case 'nowhere':
      return t('assets.nowhere');
  }
}

/** "Checked in to B4-2". */
export function actOf({ t }: Speaker, entry: HistoryEntry): string {
  return t(`assets.act.${entry.kind}`, { place: entry.placeName ?? t('assets.somewhere') });
}

/** Who and where from, how it came back, what was said. */
export function circumstancesOf({ t }: Speaker, entry: HistoryEntry): string {
  const parts: string[] = [
    t('assets.who', {
      who: entry.who ?? t('assets.whoUnknown'),
      device: entry.device ?? t('assets.deviceUnknown'),
    }),
  ];
  if (entry.isByHand) parts.push(t('assets.byHand'));
  if (entry.disposition !== null) parts.push(t(`assets.disposition.${entry.disposition}`));
  if (entry.note !== null) parts.push(entry.note);
  if (entry.overrideReason !== null) parts.push(t('assets.override', { reason: entry.overrideReason }));
  return parts.join(' · ');
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "arrived 8 h later"; null where it came at once. */
export function lateOf({ t, format }: Speaker, { lateMs }: HistoryEntry): string | null {
  if (lateMs === null) return null;
  const in_ = (unitMs: number) => {
    const count = Math.round(lateMs / unitMs);
    return { count, shown: format.count(count) };
  };
  const late =
    lateMs < HOUR
      ? t('assets.lateMinutes', in_(MINUTE))
      : lateMs < DAY
        ? t('assets.lateHours', in_(HOUR))
        : t('assets.lateDays', in_(DAY));
  return t('assets.late', { late });
}
