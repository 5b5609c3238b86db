import type { PlaceKind } from '@eventkit/shared/ledger/asset-state.ts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { SideRow } from './conflict-queries.ts';
import type { ShownConflict } from './read-conflicts.ts';

/** Names a place in the words of its kind: a shelf, a case, an event. */
export function usePlaceText(): (kind: PlaceKind | 'asset' | null, name: string | null) => string {
  const { t } = useTranslation();
  return (kind, name) =>
    kind === null || name === null ? t('conflicts.place.unknown') : t(`conflicts.place.${kind}`, { name });
}

/** Both claims in one line. */
export function useShortText(): (conflict: ShownConflict) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (conflict) => {
    const nameOf = (side: SideRow | null) => side?.toName ?? t('conflicts.place.unknown');
    const second =
      conflict.class === 'case_in_itself'
        ? (conflict.otherAssetCode ?? t('conflicts.place.unknown'))
        : nameOf(conflict.second);
    return t(`conflicts.short.${conflict.class}`, {
      first: nameOf(conflict.first),
      second,
      place: conflict.stockPlaceName ?? t('conflicts.place.unknown'),
      shown: format.count(conflict.stockQuantity ?? 0),
    });
  };
}
