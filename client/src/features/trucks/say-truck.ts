import type { TFunction } from 'i18next';
import type { Format } from '#i18n/format.ts';
import type { SaidPlace } from '#platform/scanner/describe-places.ts';
import type { TruckDetail } from './truck-detail.ts';

export type Speaker = { readonly t: TFunction; readonly format: Format };

/** One line under the code of what was scanned onto or off a vehicle. */
export function noteOf({ t, format }: Speaker, detail: TruckDetail): string {
  switch (detail.kind) {
    case 'moved': {
      if (detail.overrideReason !== null) return t('scanning.ok.override', { reason: detail.overrideReason });
      if (detail.isFound) return t('checkin.found');
      const count = detail.contentCount;
      if (count > 0) return t('trucks.withContents', { count, shown: format.count(count) });
      const place = nameOf(detail.from);
      return place === null ? '' : t('checkin.from', { place });
    }
    case 'already':
      if (detail.by === null || detail.at === null) return t('trucks.already');
      return t(detail.by.isYou ? 'trucks.alreadyYou' : 'trucks.alreadyBy', {
        name: detail.by.name,
        time: format.time(detail.at),
      });
    case 'wrong_event':
      if (detail.why !== 'other_event') return t(`trucks.${detail.why}`);
      return t('trucks.other_event', { event: nameOf(detail.from) ?? t('scanning.wrong.elsewhere') });
    case 'blocked':
      return t(`scanning.blocked.${detail.why}`);
    case 'no_label':
    case 'place_label':
      return t(`scanning.unknown.${detail.kind}`);
    case 'not_a_code':
      return t(`scanning.unknown.${detail.why}`);
  }
}

function nameOf(place: SaidPlace): string | null {
  if (place.caseCode !== null) return place.caseCode;
  if (place.kind === 'nowhere') return null;
  return place.kind === 'location' ? place.code : place.name;
}

/** "8.9 t" from a tonne on, "184 kg" below. */
export function weightText({ t, format }: Speaker, grams: number): string {
  if (grams >= 1_000_000)
    return t('trucks.tonnes', { number: format.count(Math.round(grams / 100_000) / 10) });
  return t('trucks.kilograms', { number: format.count(Math.round(grams / 1000)) });
}
