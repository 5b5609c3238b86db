import type { TFunction } from 'i18next';
import type { Format } from '#i18n/format.ts';
import type { PackingDetail } from './packing-detail.ts';

export type Speaker = { readonly t: TFunction; readonly format: Format };

/** One line under the code of what was scanned at the packing table. */
export function noteOf({ t, format }: Speaker, detail: PackingDetail): string {
  switch (detail.kind) {
    case 'packed': {
      const number = format.count(detail.contentCount);
      const { from } = detail;
      const place = from.caseCode ?? (from.kind === 'location' ? from.code : null);
      return place === null
        ? t('packing.said.packedPlain', { number })
        : t('packing.said.packed', { place, number });
    }
    case 'already':
      return t('packing.said.already', { code: detail.caseCode });
    case 'on_event':
      return detail.from.kind === 'event'
        ? t('packing.said.on_event', { event: detail.from.name })
        : t('packing.said.on_event_plain');
    case 'blocked':
      return t(`packing.said.${detail.why}`);
    case 'no_case':
    case 'no_label':
    case 'place_label':
      return t(`packing.said.${detail.kind}`);
    case 'not_a_code':
      return t(`scanning.unknown.${detail.why}`);
  }
}
