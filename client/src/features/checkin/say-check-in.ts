import type { TFunction } from 'i18next';
import type { Format } from '#i18n/format.ts';
import type { SaidPlace } from '#platform/scanner/describe-places.ts';
import type { CheckInDetail } from './check-in-detail.ts';

export type Speaker = { readonly t: TFunction; readonly format: Format };

/** One line under the code of what came back. */
export function noteOf(speaker: Speaker, detail: CheckInDetail): string {
  const { t } = speaker;
  switch (detail.kind) {
    case 'in':
      return inNote(speaker, detail);
    case 'already':
      return alreadyNote(speaker, detail);
    case 'no_label':
      return t('checkin.unknownNote');
    case 'not_a_code':
      return t(`scanning.unknown.${detail.why}`);
  }
}

function inNote(speaker: Speaker, detail: Extract<CheckInDetail, { kind: 'in' }>): string {
  const { t, format } = speaker;
  if (detail.disposition !== 'ok') {
    const disposition = t(`checkin.disposition.${detail.disposition}`);
    return detail.note === null ? disposition : t('checkin.noted', { disposition, note: detail.note });
  }
  if (detail.isFound) return t('checkin.found');
  if (detail.from.caseCode !== null) return t('checkin.fromCase', { code: detail.from.caseCode });
  const place = nameOf(detail.from);
  if (place === null) return detail.to.code;
  return detail.contentCount > 0
    ? t('checkin.fromWith', { count: detail.contentCount, shown: format.count(detail.contentCount), place })
    : t('checkin.from', { place });
}

function nameOf(place: SaidPlace): string | null {
  switch (place.kind) {
    case 'location':
      return place.code;
    case 'event':
    case 'vehicle':
      return place.name;
    case 'nowhere':
      return null;
  }
}

function alreadyNote(
  { t, format }: Speaker,
  { by, at }: Extract<CheckInDetail, { kind: 'already' }>,
): string {
  if (!by || at === null) return t('checkin.already');
  const time = format.time(at);
  return by.isYou ? t('checkin.alreadyYou', { time }) : t('checkin.alreadyBy', { name: by.name, time });
}
