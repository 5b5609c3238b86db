import type { EventId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import { Check, CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { EVENT_LOAD_TABLES, type LoadLine, readEventLoad } from '#platform/scanner/read-event-load.ts';
import { useLiveRead } from '#platform/scanner/use-live-read.ts';
import {
  leaveBehind,
  linesLacking,
  readUnitsOut,
  type StandIn,
  type UnitOut,
} from '#platform/surplus/stand-in.ts';
import { Button } from '#ui/button.tsx';
import { Code } from '#ui/code.tsx';
import { Notice } from '#ui/notice.tsx';
import { PickRow } from '#ui/pick-row.tsx';
import { PlaceChip } from '#ui/place-chip.tsx';
import { Sheet } from '#ui/sheet.tsx';

/** What it goes instead of, once that is recorded. */
export type Replaced = {
  readonly of: string;
  readonly operationId: OperationId;
  readonly completesLine: boolean;
};

/** Instead of what does it go: something that the list still lacks, or a unit that stays behind for it. */
export function InsteadSheet({
  standIn,
  eventId,
  onReplaced,
  onClose,
}: {
  readonly standIn: StandIn;
  readonly eventId: EventId;
  readonly onReplaced: (replaced: Replaced) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { replica, recordOperation } = usePlatform();
  const [chosen, setChosen] = useState<UnitOut | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const units = useLiveRead(`${eventId} ${standIn.assetId}`, ['assets', 'assets_overlay'], (reader) =>
    readUnitsOut(reader, eventId, standIn),
  );
  const load = useLiveRead(eventId, EVENT_LOAD_TABLES, (reader) => readEventLoad(reader, eventId));
  const lines = linesLacking(load.value, standIn.productId);

  // Where the list asks for its product and has enough of it, it most likely goes for one of those.
  const isOnList = load.value?.lines.some(({ productId }) => productId === standIn.productId) ?? false;
  const unitList = <UnitList units={units.value ?? []} onChoose={setChosen} />;

  const fill = async (line: LoadLine) => {
    const { assetId } = standIn;
    const recorded = await recordOperation({ kind: 'fill_line', assetId, eventId, lineId: line.lineId });
    setFailed(!recorded.ok);
    if (!recorded.ok) return;
    const completesLine = line.outCount + 1 === line.wantedCount;
    onReplaced({ of: line.productName, operationId: recorded.value.operation.id, completesLine });
  };
  const leave = async (unit: UnitOut, disposition: 'ok' | 'damaged') => {
    const note = t('scanning.instead.note', { code: standIn.code });
    const recorded = await leaveBehind({ replica, recordOperation }, unit, { disposition, note });
    setFailed(!recorded.ok);
    if (!recorded.ok || recorded.value === null) return;
    onReplaced({ of: unit.code, operationId: recorded.value.operation.id, completesLine: false });
  };

  return (
    <Sheet
      title={t('scanning.instead.title', { code: standIn.code })}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
    >
      {hasFailed && <Notice tone="alarm" title={t('labels.failed')} />}
      {chosen === null ? (
        <>
          {isOnList && unitList}
          <LacksList lines={lines} onFill={(line) => void fill(line)} />
          {!isOnList && unitList}
          {load.value !== null && lines.length === 0 && units.value?.length === 0 && (
            <p className="text-muted-foreground">{t('scanning.instead.nothing')}</p>
          )}
        </>
      ) : (
        <div className="grid gap-3">
          <p className="font-medium">
            {t('scanning.instead.staysHere', { code: chosen.code, place: chosen.locationCode })}
          </p>
          <Button
            kind="primary"
            size="main"
            icon={<Check className="size-7" />}
            onClick={() => void leave(chosen, 'ok')}
          >
            {t('scanning.instead.fine')}
          </Button>
          <Button
            kind="outline"
            size="main"
            icon={<CircleAlert className="size-7" />}
            onClick={() => void leave(chosen, 'damaged')}
          >
            {t('scanning.instead.damaged')}
          </Button>
        </div>
      )}
    </Sheet>
  );
}

function LacksList({
  lines,
  onFill,
}: {
  readonly lines: readonly LoadLine[];
  readonly onFill: (line: LoadLine) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  if (lines.length === 0) return null;
  return (
    <section>
      <h3 className="text-[13px] text-muted-foreground">{t('scanning.instead.lacks')}</h3>
      <ul className="mb-3">
        {lines.map((line) => {
          const missing = line.wantedCount - line.outCount;
          return (
            <PickRow key={line.lineId} onPick={() => onFill(line)}>
              <span className="min-w-0 flex-1 truncate font-medium">{line.productName}</span>
              <span className="text-muted-foreground">
                {t('scanning.missing', { count: missing, shown: format.count(missing) })}
              </span>
            </PickRow>
          );
        })}
      </ul>
    </section>
  );
}

function UnitList({
  units,
  onChoose,
}: {
  readonly units: readonly UnitOut[];
  readonly onChoose: (unit: UnitOut) => void;
}) {
  const { t } = useTranslation();
  if (units.length === 0) return null;
  return (
    <section>
      <h3 className="text-[13px] text-muted-foreground">{t('scanning.instead.units')}</h3>
      <ul className="mb-3">
        {units.map((unit) => (
          <PickRow key={unit.id} onPick={() => onChoose(unit)}>
            <Code className="min-w-0 flex-1 truncate">{unit.code}</Code>
            <PlaceChip>{unit.locationCode}</PlaceChip>
          </PickRow>
        ))}
      </ul>
    </section>
  );
}
