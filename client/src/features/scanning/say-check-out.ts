import type { TFunction } from 'i18next';
import type { Format } from '#i18n/format.ts';
import type { SaidPlace } from '#platform/scanner/describe-places.ts';
import type { CheckOutDetail, ContentCount } from './check-out-detail.ts';

export type Speaker = { readonly t: TFunction; readonly format: Format };

/** One or two short lines under the code. */
export function noteOf({ t, format }: Speaker, detail: CheckOutDetail): string {
  switch (detail.kind) {
    case 'ok':
      return okNote({ t, format }, detail);
    case 'already':
      return alreadyNote({ t, format }, detail);
    case 'wrong_event':
      return detail.why === 'other_event' && detail.from.kind === 'event'
        ? t('scanning.wrong.short_other_event', { event: detail.from.name })
        : t(
            detail.why === 'line_full'
              ? 'scanning.wrong.short_line_full'
              : 'scanning.wrong.short_not_on_list',
          );
    case 'no_label':
      return t('scanning.unknown.short');
    case 'not_a_code':
      return t('scanning.unknown.short_not_a_code');
    case 'place_label':
      return t('scanning.unknown.short_place');
    case 'blocked':
      return t(`scanning.blocked.${detail.why}`);
  }
}

/** The shelf code, or the case on it; null where nothing is known. */
export function placeName({ t }: Speaker, place: SaidPlace): string | null {
  if (place.caseCode !== null) return t('scanning.ok.fromCase', { code: place.caseCode });
  if (place.kind === 'nowhere') return null;
  return place.kind === 'location' ? place.code : place.name;
}

function okNote(speaker: Speaker, detail: Extract<CheckOutDetail, { kind: 'ok' }>): string {
  const { t, format } = speaker;
  if (detail.overrideReason !== null) return t('scanning.ok.override', { reason: detail.overrideReason });
  if (detail.isFound) return t('scanning.ok.found');
  if (detail.contents.length > 0)
    return t('scanning.ok.contents', { contents: contentsOf(speaker, detail.contents) });
  const place = placeName(speaker, detail.from);
  const { tally } = detail;
  if (!tally) return place === null ? t('scanning.ok.empty') : t('scanning.ok.from', { place });
  const counts = { out: format.count(tally.outCount), wanted: format.count(tally.wantedCount) };
  return place === null
    ? t('scanning.ok.tally', counts)
    : t('scanning.ok.tallyFrom', { out: counts.out, wanted: counts.wanted, place });
}

const NAMED_PRODUCTS = 2;

function contentsOf({ t, format }: Speaker, contents: readonly ContentCount[]): string {
  const named = contents
    .slice(0, NAMED_PRODUCTS)
    .map(({ productName, count }) =>
      t('scanning.ok.contentPart', { number: format.count(count), product: productName }),
    );
  return contents.length > NAMED_PRODUCTS ? `${named.join(', ')} …` : named.join(', ');
}

function alreadyNote({ t, format }: Speaker, detail: Extract<CheckOutDetail, { kind: 'already' }>): string {
  if (detail.caseCode !== null) return t('scanning.already.inCase', { code: detail.caseCode });
  if (!detail.by || detail.at === null) return t('scanning.already.plain');
  const time = format.time(detail.at);
  return detail.by.isYou
    ? t('scanning.already.byYou', { time })
    : t('scanning.already.by', { name: detail.by.name, time });
}
