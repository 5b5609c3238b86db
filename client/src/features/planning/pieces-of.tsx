import type { ProductId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import { Link } from '@tanstack/react-router';
import { MapPin, Package, Printer, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import {
  type FoundPiece,
  type FoundPlace,
  PIECES_AT_PLACE,
  PIECES_OF_PRODUCT,
  PLACE_BY_ID,
  PRODUCT_BY_ID,
} from '#platform/search/find-queries.ts';
import { buttonClass } from '#ui/button-class.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { PieceRow } from './piece-row.tsx';

/** Every piece of a product, with how many are at hand. */
export function PiecesOfProduct({
  productId,
  onLeave,
}: {
  readonly productId: ProductId;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [product] = useLiveQuery<{ name: string }>(PRODUCT_BY_ID, [productId]).rows;
  const { rows, status } = useLiveQuery<FoundPiece>(PIECES_OF_PRODUCT, [productId]);
  const hereCount = rows.filter(
    (piece) => piece.placeKind !== 'event' && piece.status === 'in_service',
  ).length;
  return (
    <Pieces
      label={t('planning.piecesOf', { product: product?.name ?? '' })}
      heading={product?.name ?? ''}
      note={t('planning.inStockCount', { here: format.count(hereCount), all: format.count(rows.length) })}
      pieces={rows}
      empty={
        status === 'ready' && (
          <EmptyState icon={<Package />} title={t('planning.pieceCount', { count: 0, shown: '0' })} />
        )
      }
      onLeave={onLeave}
      acts={
        <Link
          to="/labels"
          search={{ product: productId }}
          className={buttonClass('secondary', 'control', 'm-4')}
        >
          <Printer className="icon" aria-hidden="true" />
          {t('labels.print.many')}
        </Link>
      }
    />
  );
}

/** What lies at a place, as a person finds it who scans the label of the shelf. */
export function PiecesAtPlace({
  placeId,
  onLeave,
}: {
  readonly placeId: StorageLocationId;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = useLiveQuery<FoundPlace>(PLACE_BY_ID, [placeId]);
  const { rows, status } = useLiveQuery<FoundPiece>(PIECES_AT_PLACE, [placeId]);
  const [place] = found.rows;
  if (found.status === 'ready' && !place) {
    return <EmptyState icon={<MapPin />} title={t('planning.placeGone')} />;
  }
  return (
    <Pieces
      label={place?.code ?? ''}
      heading={
        <span className="flex items-baseline gap-2.5">
          <span className="font-mono whitespace-nowrap">{place?.code}</span>
          {place?.name !== place?.code && (
            <span className="hidden truncate tablet:inline">{place?.name}</span>
          )}
        </span>
      }
      note={t('planning.placeCount', { count: rows.length, shown: format.count(rows.length) })}
      pieces={rows}
      empty={status === 'ready' && <EmptyState icon={<MapPin />} title={t('planning.placeEmpty')} />}
      onLeave={onLeave}
    />
  );
}

function Pieces({
  label,
  heading,
  note,
  pieces,
  empty,
  onLeave,
  acts,
}: {
  readonly label: string;
  readonly heading: ReactNode;
  readonly note: string;
  readonly pieces: readonly FoundPiece[];
  readonly empty: ReactNode;
  readonly onLeave: () => void;
  /** What can be done with all of them. */
  readonly acts?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <section className="max-w-3xl" aria-label={label}>
      <SectionHeading
        end={
          <button
            type="button"
            className="inline-flex min-h-8 items-center gap-1 whitespace-nowrap"
            onClick={onLeave}
          >
            <X className="icon" aria-hidden="true" />
            {t('planning.allResults')}
          </button>
        }
        note={note}
      >
        {heading}
      </SectionHeading>
      {pieces.length > 0 && acts}
      {pieces.length === 0 ? (
        empty
      ) : (
        <ul>
          {pieces.map((piece) => (
            <PieceRow key={piece.id} piece={piece} />
          ))}
        </ul>
      )}
    </section>
  );
}
