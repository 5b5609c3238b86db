import type { StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import { Link } from '@tanstack/react-router';
import { Calculator, CheckCheck, EyeOff, List } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import type { LogEntry } from '#platform/scanner/scan-report.ts';
import { PlaceButton, PlaceCode } from '#platform/scanner/view/place-button.tsx';
import { RecentScans } from '#platform/scanner/view/recent-scans.tsx';
import { ScanFrame } from '#platform/scanner/view/scan-frame.tsx';
import { ThumbButton } from '#platform/scanner/view/thumb-button.tsx';
import { Button } from '#ui/button.tsx';
import { buttonClass } from '#ui/button-class.ts';
import { PickSheet } from '#ui/pick-sheet.tsx';
import type { CountDetail, CountPlace } from './count-thing.ts';
import { CycleLine } from './cycle-line.tsx';
import { LooseSheet } from './loose-sheet.tsx';
import { productsAt } from './read-scope.ts';
import { shelvesOf } from './shelves-of.ts';
import { COUNT_PLACES, type NamedPlace } from './stocktake-queries.ts';
import { TickSheet } from './tick-sheet.tsx';
import { useCount } from './use-count.ts';
import { useStocktake } from './use-stocktake.ts';

/** Scan a shelf, then what lies on it; loose pieces on the pad, what cannot be read by a tick. */
export function CountScreen({
  stocktakeId,
  onBack,
}: {
  readonly stocktakeId: StocktakeId;
  readonly onBack: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { place, setPlace, session, state } = useCount(stocktakeId);
  const { reading } = useStocktake(stocktakeId);
  const places = useLiveQuery<NamedPlace>(COUNT_PLACES).rows;
  const [sheet, setSheet] = useState<'place' | 'loose' | 'tick' | null>(null);
  const countedHere = reading && place ? productsAt(reading.scope, place.id) : [];
  const isBlind = reading?.stocktake.expectations !== 'shown';
  const shelves = reading === null ? [] : shelvesOf(reading);
  const done = shelves.filter(({ counted }) => counted > 0).length;
  const noteOf = (entry: LogEntry<CountDetail>) => say(entry.detail);
  const wordOf = ({ detail, outcome }: LogEntry<CountDetail>) =>
    detail.kind === 'seen' && outcome === 'wrong_event'
      ? t(`stocktake.outcome.${detail.outcome}`)
      : t(`scanning.outcome.${outcome}`);

  return (
    <ScanFrame
      session={session}
      state={state}
      noteOf={noteOf}
      wordOf={wordOf}
      title={reading?.stocktake.name ?? t('stocktake.counting')}
      facts={t('stocktake.shelf', { done: format.count(done), all: format.count(shelves.length) })}
      onBack={onBack}
      head={
        <>
          <div className="mx-2 mt-1 mb-2 flex-none">
            <PlaceButton
              label={t('stocktake.place')}
              hint={t('stocktake.placeHint')}
              onClick={() => setSheet('place')}
            >
              <PlaceCode>{place?.code ?? t('stocktake.noPlace')}</PlaceCode>
            </PlaceButton>
          </div>
          {isBlind && (
            <p className="flex items-center gap-2 px-4 pb-2 text-[14px] text-muted-foreground">
              <EyeOff className="icon" aria-hidden="true" />
              {t('stocktake.isBlind')}
            </p>
          )}
          {reading !== null && reading.scope.productIds.size > 0 && (
            <CycleLine productIds={reading.scope.productIds} />
          )}
        </>
      }
      first={{ title: t('stocktake.first'), note: t('stocktake.firstNote') }}
      below={
        <>
          <div className="grid grid-cols-2 gap-2 px-2 pt-2">
            <Button
              size="touch"
              kind="outline"
              icon={<Calculator className="icon-lg" />}
              onClick={() => setSheet('loose')}
            >
              {t('stocktake.pad')}
            </Button>
            <Link
              to="/stocktakes/$stocktakeId"
              params={{ stocktakeId }}
              className={buttonClass('outline', 'touch')}
            >
              <CheckCheck className="icon-lg" aria-hidden="true" />
              {t('stocktake.review')}
            </Link>
          </div>
          <RecentScans
            entries={state.log.filter((entry) => entry.number !== state.shown?.number).slice(0, 10)}
            lineOf={(entry) => [entry.title, noteOf(entry)].filter(Boolean).join(' · ')}
            onShow={(entry) => session.show(entry)}
          />
        </>
      }
      byHand={
        <ThumbButton
          icon={<List className="icon-lg" />}
          hint={place?.code ?? ''}
          onClick={() => setSheet('tick')}
        >
          {t('stocktake.tick')}
        </ThumbButton>
      }
      onByHand={() => setSheet('tick')}
      sheets={
        <>
          <PickSheet
            title={t('stocktake.place')}
            findLabel={t('common.search')}
            closeLabel={t('common.close')}
            isOpen={sheet === 'place'}
            items={places.map((one) => ({ id: one.id, name: one.code, hint: hintOf(one) }))}
            pickedId={place?.id ?? null}
            onPick={({ id }) => {
              const picked = places.find((one) => one.id === id);
              if (picked) setPlace(picked as CountPlace);
            }}
            onClose={() => setSheet(null)}
          />
          <LooseSheet
            isOpen={sheet === 'loose'}
            stocktakeId={stocktakeId}
            place={place}
            productIds={countedHere}
            isBlind={isBlind}
            onClose={() => setSheet(null)}
          />
          <TickSheet
            isOpen={sheet === 'tick'}
            stocktakeId={stocktakeId}
            place={place}
            productIds={countedHere}
            isBlind={isBlind}
            onTick={(thing) => session.submit(thing)}
            onClose={() => setSheet(null)}
          />
        </>
      }
    />
  );

  function hintOf(one: NamedPlace): string {
    const shelf = shelves.find(({ id }) => id === one.id);
    if (shelf === undefined || shelf.counted === 0) return one.name;
    const counted = format.count(shelf.counted);
    const told = isBlind
      ? t('stocktake.shelfOf', { counted })
      : t('stocktake.shelfExpected', { counted, expected: format.count(shelf.expected) });
    return `${one.name} · ${told}`;
  }

  function say(detail: CountDetail): string {
    switch (detail.kind) {
      case 'seen':
        return t(`stocktake.said.${detail.outcome}`, { books: detail.books ?? t('stocktake.nowhere') });
      case 'already':
        return t('stocktake.already', { at: detail.at });
      case 'no_place':
        return t('stocktake.chooseFirst');
      case 'not_a_code':
        return t('stocktake.said.unknown_code');
    }
  }
}
