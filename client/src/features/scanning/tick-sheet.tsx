import type { AssetId, EventId } from '@eventkit/shared/kernel/ids.ts';
import { Link } from '@tanstack/react-router';
import { Calculator, Check, ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { EventLoad, LoadLine } from '#platform/scanner/read-event-load.ts';
import { useLiveRead } from '#platform/scanner/use-live-read.ts';
import { TypeCodeForm } from '#platform/scanner/view/type-code-form.tsx';
import { Button } from '#ui/button.tsx';
import { Code } from '#ui/code.tsx';
import { PlaceChip } from '#ui/place-chip.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { readUnits, type Unit } from './read-units.ts';

/** The way on when a label cannot be read: type its code, or pick the line and then the unit. */
export function TickSheet({
  isOpen,
  eventId,
  load,
  onTick,
  onCode,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly eventId: EventId;
  readonly load: EventLoad | null;
  readonly onTick: (unit: { readonly id: AssetId; readonly code: string }) => void;
  readonly onCode: (code: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [line, setLine] = useState<LoadLine | null>(null);
  const close = () => {
    setLine(null);
    onClose();
  };
  return (
    <Sheet
      title={line?.productName ?? t('scanning.tick.title')}
      isOpen={isOpen}
      onClose={close}
      closeLabel={t('common.close')}
    >
      {line === null ? (
        <>
          <TypeCodeForm label={t('scanning.tick.find')} onCode={onCode} />
          <p className="mt-4 mb-1 text-[14px] text-muted-foreground">{t('scanning.tick.intro')}</p>
          <ul>
            {load?.lines.map((one) =>
              one.isLoose === 1 ? (
                <LooseRow key={one.lineId} line={one} eventId={eventId} />
              ) : (
                <LineRow key={one.lineId} line={one} onPick={() => setLine(one)} />
              ),
            )}
          </ul>
        </>
      ) : (
        <>
          <Button kind="quiet" icon={<ChevronLeft className="icon" />} onClick={() => setLine(null)}>
            {t('scanning.tick.back')}
          </Button>
          <Units eventId={eventId} line={line} onTick={onTick} />
        </>
      )}
    </Sheet>
  );
}

const ROW = 'flex min-h-14 w-full items-center gap-3 py-1.5 text-start hover:bg-hover tablet:min-h-10';

function LineRow({ line, onPick }: { readonly line: LoadLine; readonly onPick: () => void }) {
  return (
    <li className="border-b border-rule last:border-b-0">
      <button type="button" onClick={onPick} className={ROW}>
        <LineWords line={line} />
      </button>
    </li>
  );
}

/** Pieces without labels are taken by number: the pad knows product and event already. */
function LooseRow({ line, eventId }: { readonly line: LoadLine; readonly eventId: EventId }) {
  return (
    <li className="border-b border-rule last:border-b-0">
      <Link to="/pieces" search={{ act: 'out', product: line.productId, event: eventId }} className={ROW}>
        <Calculator className="icon-lg text-muted-foreground" aria-hidden="true" />
        <LineWords line={line} />
      </Link>
    </li>
  );
}

function LineWords({ line }: { readonly line: LoadLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isComplete = line.outCount >= line.wantedCount;
  return (
    <>
      <span className={isComplete ? 'min-w-0 flex-1 text-muted-foreground' : 'min-w-0 flex-1'}>
        {line.productName}
      </span>
      {isComplete && <Check className="icon-lg text-ok-text" aria-label={t('scanning.tick.complete')} />}
      <span className="font-semibold">
        {t('scanning.tick.done', {
          out: format.count(line.outCount),
          wanted: format.count(line.wantedCount),
        })}
      </span>
    </>
  );
}

function Units({
  eventId,
  line,
  onTick,
}: {
  readonly eventId: EventId;
  readonly line: LoadLine;
  readonly onTick: (unit: Unit) => void;
}) {
  const { t } = useTranslation();
  const units = useLiveRead(`${eventId} ${line.productId}`, ['assets', 'assets_overlay'], (replica) =>
    readUnits(replica, eventId, line.productId),
  );
  if (units.value?.length === 0)
    return <p className="mt-3 text-muted-foreground">{t('scanning.tick.none')}</p>;
  return (
    <ul className="mt-2">
      {units.value?.map((unit) => (
        <li
          key={unit.id}
          className="flex min-h-14 items-center gap-3 border-b border-rule py-1.5 last:border-b-0"
        >
          <div className="min-w-0 flex-1">
            <Code>{unit.code}</Code>
            {unit.serial !== null && (
              <p className="truncate font-mono text-[13px] text-muted-foreground">{unit.serial}</p>
            )}
          </div>
          {unit.where !== null && <PlaceChip>{unit.where}</PlaceChip>}
          <Button
            aria-label={t('scanning.tick.tick', { code: unit.code })}
            onClick={() => onTick(unit)}
            icon={<Check className="icon-lg" />}
          />
        </li>
      ))}
    </ul>
  );
}
