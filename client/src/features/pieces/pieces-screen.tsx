import { CalendarDays, ChevronLeft, MapPin, Package, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { Button } from '#ui/button.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import { Notice } from '#ui/notice.tsx';
import { NumberPad } from '#ui/number-pad.tsx';
import { PickSheet } from '#ui/pick-sheet.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { ChoiceButton } from './choice-button.tsx';
import { pieceActs } from './intent-of-pieces.ts';
import {
  LOOSE_PRODUCTS,
  type LooseProduct,
  OPEN_EVENTS,
  type OpenEvent,
  PLACES,
  type PlaceRow,
  STOCKS_AT_PLACE,
  STOCKS_OF_PRODUCT,
  type StockRow,
} from './pieces-queries.ts';
import { StockHistory } from './stock-history.tsx';
import { StockList } from './stock-list.tsx';
import { type PiecesChoice, usePieces } from './use-pieces.ts';

type Asked = 'place' | 'product' | 'event' | 'target';

/** Loose pieces: say where, which and how many; count them, or take them out, back, elsewhere or away. */
export function PiecesScreen({
  choice,
  onChoice,
  onBack,
}: {
  readonly choice: PiecesChoice;
  readonly onChoice: (choice: PiecesChoice) => void;
  readonly onBack: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const pad = usePieces(choice, onChoice);
  const [asked, setAsked] = useState<Asked | null>(null);
  const places = useLiveQuery<PlaceRow>(PLACES).rows;
  const products = useLiveQuery<LooseProduct>(LOOSE_PRODUCTS).rows;
  const events = useLiveQuery<OpenEvent>(OPEN_EVENTS).rows;
  const here = useLiveQuery<StockRow>(STOCKS_AT_PLACE, [choice.placeId ?? '']).rows;
  const everywhere = useLiveQuery<StockRow>(STOCKS_OF_PRODUCT, [choice.productId ?? '']).rows;

  const place = places.find(({ id }) => id === choice.placeId);
  const product = products.find(({ id }) => id === choice.productId);
  const event = events.find(({ id }) => id === choice.eventId);
  const target = places.find(({ id }) => id === pad.targetId);
  const stock = everywhere.find(({ placeId }) => placeId === choice.placeId);
  const out = everywhere.find(({ placeId }) => placeId === choice.eventId);
  const needsEvent = choice.act === 'out' || choice.act === 'back';
  const known = choice.act === 'back' ? out : stock;

  return (
    <div className="flex min-h-0 flex-1 flex-col tablet:mx-auto tablet:w-full tablet:max-w-[960px]">
      <ScreenHeader
        title={t('shell.nav.pieces')}
        facts={t('pieces.facts')}
        back={
          <IconButton label={t('common.back')} onClick={onBack}>
            <ChevronLeft className="icon-lg" />
          </IconButton>
        }
      />
      <div className="px-2">
        <Segmented
          legend={t('pieces.what')}
          isLegendHidden
          choices={pieceActs.map((act) => ({ value: act, label: t(`pieces.act.${act}`) }))}
          value={choice.act}
          onChange={(act) => onChoice({ ...choice, act })}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="grid gap-2 p-2 tablet:grid-cols-2">
          <ChoiceButton
            icon={<MapPin className="icon-lg" />}
            label={t(choice.act === 'back' ? 'pieces.backTo' : 'pieces.place')}
            value={place?.code ?? null}
            hint={t('pieces.placeHint')}
            onClick={() => setAsked('place')}
          />
          <ChoiceButton
            icon={<Package className="icon-lg" />}
            label={t('pieces.product')}
            value={product?.name ?? null}
            hint={known === undefined ? '' : t('pieces.known', { shown: format.count(known.quantity) })}
            onClick={() => setAsked('product')}
          />
          {needsEvent && (
            <ChoiceButton
              icon={<CalendarDays className="icon-lg" />}
              label={t(choice.act === 'out' ? 'pieces.outTo' : 'pieces.backFrom')}
              value={event?.name ?? null}
              hint=""
              onClick={() => setAsked('event')}
            />
          )}
          {choice.act === 'move' && (
            <ChoiceButton
              icon={<MapPin className="icon-lg" />}
              label={t('pieces.moveTo')}
              value={target?.code ?? null}
              hint={target?.name ?? ''}
              onClick={() => setAsked('target')}
            />
          )}
        </div>
        {(choice.act === 'back' || choice.act === 'gone') && (
          <div className="px-2 pb-2">
            <Segmented
              legend={t('pieces.how')}
              isLegendHidden
              choices={(choice.act === 'back' ? HOW_BACK : HOW_GONE).map((how) => ({
                value: how,
                label: t(`checkin.disposition.${how}`),
              }))}
              value={pad.disposition}
              onChange={pad.setDisposition}
            />
          </div>
        )}
        {pad.problem !== null && (
          <div className="px-2 pb-2">
            <Notice tone={pad.problem === 'no_shelf' ? 'warn' : 'alarm'} title={t(`pieces.${pad.problem}`)} />
          </div>
        )}
        {choice.productId === null ? (
          <StockList
            title={t('pieces.atPlace')}
            empty={choice.placeId === null ? t('pieces.start') : t('pieces.nothingHere')}
            stocks={here}
            nameOf={({ productName }) => productName}
            onPick={({ productId }) => onChoice({ ...choice, productId })}
          />
        ) : (
          <>
            <StockList
              title={t('pieces.byPlace')}
              empty={t('pieces.nowhere')}
              stocks={everywhere}
              nameOf={({ placeName }) => placeName ?? t('pieces.unknownPlace')}
              onPick={(row) => {
                if (row.placeKind === 'location') onChoice({ ...choice, placeId: row.placeId as never });
                else if (row.placeKind === 'event') {
                  onChoice({ ...choice, act: 'back', eventId: row.placeId as never });
                }
              }}
            />
            {stock !== undefined && <StockHistory stockId={stock.id} />}
          </>
        )}
      </div>
      <div className="safe-bottom flex-none border-t border-border bg-surface px-2 pt-2">
        <div className="mb-2 flex min-h-14 items-center gap-3 px-2">
          <output aria-live="polite" className="text-[44px] leading-none font-semibold tabular-nums">
            {pad.digits === '' ? '–' : format.count(Number(pad.digits))}
          </output>
          <p className="min-w-0 flex-1 text-end text-[14px] text-muted-foreground">
            {pad.last === null
              ? t('pieces.type')
              : t(`pieces.done.${pad.last.act}`, { shown: format.count(pad.last.quantity) })}
          </p>
          <Button
            kind="outline"
            size="touch"
            disabled={pad.last === null}
            aria-keyshortcuts="Control+Z Meta+Z"
            icon={<Undo2 className="icon-lg" aria-hidden="true" />}
            onClick={() => void pad.undo()}
          >
            {t('scanning.undo')}
          </Button>
        </div>
        <NumberPad
          digits={pad.digits}
          labels={{ delete: t('common.pad.delete'), more: t('common.pad.more'), less: t('common.pad.less') }}
          onDigits={pad.setDigits}
          extra={
            <Button className="narrow min-h-14 px-1" kind="outline" onClick={() => pad.setDigits('0')}>
              {t('pieces.none')}
            </Button>
          }
          main={
            <Button
              kind="primary"
              size="touch"
              disabled={!pad.canRecord}
              onClick={() => void pad.record()}
              className="narrow text-[18px]"
            >
              {t(`pieces.record.${choice.act}`)}
            </Button>
          }
        />
      </div>
      <PickSheet
        title={t('pieces.choosePlace')}
        findLabel={t('pieces.find')}
        closeLabel={t('common.close')}
        isOpen={asked === 'place' || asked === 'target'}
        items={places.map(({ id, code, name }) => ({ id, name: code, hint: name }))}
        pickedId={asked === 'target' ? pad.targetId : choice.placeId}
        onPick={({ id }) => {
          if (asked === 'target') pad.setTargetId(id);
          else onChoice({ ...choice, placeId: id });
        }}
        onClose={() => setAsked(null)}
      />
      <PickSheet
        title={t('pieces.chooseProduct')}
        findLabel={t('pieces.find')}
        closeLabel={t('common.close')}
        isOpen={asked === 'product'}
        items={products.map(({ id, name, category }) => ({ id, name, hint: category }))}
        pickedId={choice.productId}
        onPick={({ id }) => onChoice({ ...choice, productId: id })}
        onClose={() => setAsked(null)}
      />
      <PickSheet
        title={t('pieces.chooseEvent')}
        findLabel={t('pieces.find')}
        closeLabel={t('common.close')}
        isOpen={asked === 'event'}
        items={events}
        pickedId={choice.eventId}
        onPick={({ id }) => onChoice({ ...choice, eventId: id })}
        onClose={() => setAsked(null)}
      />
    </div>
  );
}

const HOW_BACK = ['ok', 'damaged', 'lost', 'consumed'] as const;
const HOW_GONE = ['consumed', 'damaged', 'lost'] as const;
