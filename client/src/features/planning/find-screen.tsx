import type { ProductId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import { Link } from '@tanstack/react-router';
import { Box, Search, SearchX } from 'lucide-react';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import {
  EVENTS_BY_WORDS,
  type FoundEvent,
  type FoundPiece,
  type FoundProduct,
  PIECES_BY_CODE,
  PRODUCTS_BY_WORDS,
  rangeOf,
  wordsOf,
} from '#platform/search/find-queries.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Screen } from '#ui/screen.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { TextField } from '#ui/text-field.tsx';
import { EventChip } from './event-chip.tsx';
import { PieceRow } from './piece-row.tsx';
import { PiecesAtPlace, PiecesOfProduct } from './pieces-of.tsx';

/** Pieces by code or label, products and events by their words; all of it on this device. */
export function FindScreen({
  text,
  productId,
  placeId,
  onText,
  onProduct,
}: {
  readonly text: string;
  /** Shows the pieces of this product instead of what the text finds. */
  readonly productId: ProductId | null;
  /** The same for what lies at this place. */
  readonly placeId: StorageLocationId | null;
  readonly onText: (text: string) => void;
  /** Null leaves the pieces of a product or a place. */
  readonly onProduct: (productId: ProductId | null) => void;
}) {
  const { t } = useTranslation();
  return (
    <Screen
      header={
        <search className="flex-none border-b border-border px-4 py-3">
          <TextField
            label={t('planning.findLabel')}
            isLabelHidden
            icon={<Search className="icon-lg tablet:icon" aria-hidden="true" />}
            placeholder={t('planning.findHint')}
            value={text}
            onChange={(event) => onText(event.target.value)}
            type="search"
            enterKeyHint="search"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            autoFocus
            className="max-w-2xl"
          />
        </search>
      }
    >
      {placeId !== null ? (
        <PiecesAtPlace placeId={placeId} onLeave={() => onProduct(null)} />
      ) : productId !== null ? (
        <PiecesOfProduct productId={productId} onLeave={() => onProduct(null)} />
      ) : text.trim() === '' ? (
        <EmptyState icon={<Search />} title={t('planning.find')}>
          {t('planning.findHint')}
        </EmptyState>
      ) : (
        <Results text={text} onProduct={onProduct} />
      )}
    </Screen>
  );
}

function Results({
  text,
  onProduct,
}: {
  readonly text: string;
  readonly onProduct: (productId: ProductId) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const wanted = useDeferredValue(text.trim());
  const pieces = useLiveQuery<FoundPiece>(PIECES_BY_CODE, [...rangeOf(wanted), wanted]);
  const products = useLiveQuery<FoundProduct>(PRODUCTS_BY_WORDS, [wordsOf(wanted)]);
  const events = useLiveQuery<FoundEvent>(EVENTS_BY_WORDS, [wordsOf(wanted)]);
  const queries = [pieces, products, events];
  if (queries.every((query) => query.status === 'ready' && query.rows.length === 0)) {
    return (
      <EmptyState icon={<SearchX />} title={t('planning.noHits', { text: wanted })}>
        {t('planning.noHitsText')}
      </EmptyState>
    );
  }
  return (
    <div className="max-w-3xl">
      {pieces.rows.length > 0 && (
        <section>
          <SectionHeading>{t('planning.assets')}</SectionHeading>
          <ul>
            {pieces.rows.map((piece) => (
              <PieceRow key={piece.id} piece={piece} />
            ))}
          </ul>
        </section>
      )}
      {products.rows.length > 0 && (
        <section>
          <SectionHeading>{t('planning.products')}</SectionHeading>
          <ul>
            {products.rows.map((product) => (
              <li key={product.id} className="border-b border-rule">
                <button
                  type="button"
                  onClick={() => onProduct(product.id)}
                  className="flex min-h-14 w-full items-center gap-3 px-4 py-1.5 text-start hover:bg-hover focus-visible:-outline-offset-2 tablet:min-h-9"
                >
                  <Box className="icon text-muted-foreground" aria-hidden="true" />
                  <span className="min-w-0 flex-1 truncate text-[16px] tablet:text-[13px]">
                    {product.name}
                  </span>
                  <span className="text-[14px] text-muted-foreground tablet:text-[12px]">
                    {product.category}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {events.rows.length > 0 && (
        <section>
          <SectionHeading>{t('planning.events')}</SectionHeading>
          <ul>
            {events.rows.map((event) => (
              <li key={event.id} className="border-b border-rule">
                <Link
                  to="/events/$eventId"
                  params={{ eventId: event.id }}
                  className="flex min-h-14 items-center gap-3 px-4 py-1.5 hover:bg-hover focus-visible:-outline-offset-2 tablet:min-h-9"
                >
                  <span className="min-w-0 flex-1 truncate text-[16px] tablet:text-[13px]">{event.name}</span>
                  <span className="text-[14px] text-muted-foreground tablet:text-[12px]">
                    {format.shortMoment(event.loadAt, nowForDisplay())}
                  </span>
                  <EventChip status={event.status} />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
