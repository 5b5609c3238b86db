import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FoundPiece } from '#platform/search/find-queries.ts';
import { Chip } from '#ui/chip.tsx';
import { Code } from '#ui/code.tsx';
import { PlaceChip } from '#ui/place-chip.tsx';

/** A piece with its product and where it is; opens its history. */
export function PieceRow({ piece }: { readonly piece: FoundPiece }) {
  const { t } = useTranslation();
  return (
    <li className="border-b border-rule">
      <Link
        to="/assets/$assetId"
        params={{ assetId: piece.id }}
        className="grid min-h-14 grid-cols-[1fr_auto] items-center gap-3 px-4 py-1.5 hover:bg-hover focus-visible:-outline-offset-2 tablet:min-h-10 tablet:grid-cols-[9rem_1fr_auto]"
      >
        <Code className="text-[17px] tablet:text-[13px]">{piece.code}</Code>
        <span className="col-start-1 min-w-0 truncate text-muted-foreground tablet:col-start-2 tablet:text-foreground">
          {piece.productName}
        </span>
        <span className="col-start-2 row-span-2 row-start-1 flex max-w-[11rem] items-center gap-2 tablet:col-start-3 tablet:row-span-1 tablet:max-w-xs">
          {piece.status !== 'in_service' && <Chip tone="alarm">{t(`planning.blocked.${piece.status}`)}</Chip>}
          {piece.placeName !== null && (
            <PlaceChip
              kind={piece.placeKind === 'event' ? 'away' : piece.placeKind === 'case' ? 'case' : 'here'}
            >
              {piece.placeName}
            </PlaceChip>
          )}
        </span>
      </Link>
    </li>
  );
}
