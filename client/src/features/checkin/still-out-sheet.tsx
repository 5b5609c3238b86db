import type { Disposition } from '@eventkit/shared/operations/operation.ts';
import { Link } from '@tanstack/react-router';
import { Calculator, ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useLiveRead } from '#platform/scanner/use-live-read.ts';
import { Button } from '#ui/button.tsx';
import { Code } from '#ui/code.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { type EventStillOut, type PiecesStillOut, readStillOut, type StillOut } from './read-still-out.ts';

const TABLES = [
  'assets',
  'assets_overlay',
  'bulk_stock',
  'bulk_stock_overlay',
  'events',
  'events_overlay',
  'products',
];

/** What is still out, by event: for things without a readable label, and for those that do not come back. */
export function StillOutSheet({
  isOpen,
  onTick,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onTick: (thing: StillOut, disposition: Disposition) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Sheet title={t('checkin.stillOut')} isOpen={isOpen} onClose={onClose} closeLabel={t('common.close')}>
      <StillOutList onTick={onTick} />
    </Sheet>
  );
}

function StillOutList({ onTick }: { readonly onTick: (thing: StillOut, disposition: Disposition) => void }) {
  const { t } = useTranslation();
  const out = useLiveRead('still-out', TABLES, readStillOut);
  const [eventId, setEventId] = useState<EventStillOut['eventId'] | null>(null);
  const event = out.value?.find((one) => one.eventId === eventId);
  if (event) {
    return (
      <>
        <Button kind="quiet" icon={<ChevronLeft className="icon" />} onClick={() => setEventId(null)}>
          {t('checkin.allEvents')}
        </Button>
        <h3 className="mt-2 text-[17px]">{event.eventName}</h3>
        <ul>
          {event.pieces.map((pieces) => (
            <LooseRow key={pieces.productId} pieces={pieces} eventId={event.eventId} />
          ))}
          {event.things.map((thing) => (
            <li
              key={thing.id}
              className="grid items-center gap-x-3 gap-y-1.5 border-b border-rule py-2.5 last:border-b-0 tablet:grid-cols-[1fr_auto]"
            >
              <div className="min-w-0">
                <Code>{thing.code}</Code>
                <p className="truncate text-[14px] text-muted-foreground">{thing.productName}</p>
              </div>
              <div className="grid grid-cols-3 gap-2">
                <Button onClick={() => onTick(thing, 'ok')}>{t('checkin.back')}</Button>
                <Button kind="outline" className="narrow px-1" onClick={() => onTick(thing, 'damaged')}>
                  {t('checkin.disposition.damaged')}
                </Button>
                <Button kind="outline" className="narrow px-1" onClick={() => onTick(thing, 'lost')}>
                  {t('checkin.disposition.lost')}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </>
    );
  }
  return (
    <>
      <p className="text-[14px] text-muted-foreground">
        {t(out.value?.length === 0 ? 'checkin.nothingOut' : 'checkin.stillOutText')}
      </p>
      <ul className="mt-1">
        {out.value?.map((one) => (
          <EventRow key={one.eventId} event={one} onPick={() => setEventId(one.eventId)} />
        ))}
      </ul>
    </>
  );
}

/** Pieces without labels come back by number: the pad knows product and event already. */
function LooseRow({
  pieces,
  eventId,
}: {
  readonly pieces: PiecesStillOut;
  readonly eventId: EventStillOut['eventId'];
}) {
  const format = useFormat();
  return (
    <li className="border-b border-rule">
      <Link
        to="/pieces"
        search={{ act: 'back', product: pieces.productId, event: eventId }}
        className="flex min-h-14 items-center gap-3 text-start hover:bg-hover"
      >
        <Calculator className="icon-lg text-muted-foreground" aria-hidden="true" />
        <span className="min-w-0 flex-1 truncate">{pieces.productName}</span>
        <span className="text-[18px] font-semibold">{format.count(pieces.quantity)}</span>
      </Link>
    </li>
  );
}

function EventRow({ event, onPick }: { readonly event: EventStillOut; readonly onPick: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = event.things.length + event.pieces.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <li className="border-b border-rule last:border-b-0">
      <button
        type="button"
        onClick={onPick}
        className="flex min-h-14 w-full items-center gap-3 text-start hover:bg-hover tablet:min-h-10"
      >
        <span className="min-w-0 flex-1 truncate">{event.eventName}</span>
        <span className="text-muted-foreground">
          {t('checkin.stillOutCount', { count, shown: format.count(count) })}
        </span>
      </button>
    </li>
  );
}
