import type { StocktakeId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import { Link } from '@tanstack/react-router';
import { ChevronRight, ClipboardList, MapPin, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { Button } from '#ui/button.tsx';
import { Chip } from '#ui/chip.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Notice } from '#ui/notice.tsx';
import { PickSheet } from '#ui/pick-sheet.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';
import { COUNT_PLACES, type NamedPlace, STOCKTAKES, type StocktakeSummary } from './stocktake-queries.ts';

/** All stocktakes, and how to begin one. */
export function StocktakesScreen({ onOpened }: { readonly onOpened: (id: StocktakeId) => void }) {
  const { t } = useTranslation();
  const { rows, status } = useLiveQuery<StocktakeSummary>(STOCKTAKES);
  const [isOpening, setOpening] = useState(false);
  const begin = (
    <Button kind="primary" size="touch" icon={<Plus className="icon-lg" />} onClick={() => setOpening(true)}>
      {t('stocktake.open')}
    </Button>
  );
  return (
    <Screen header={<ScreenHeader title={t('stocktake.title')} facts={t('stocktake.facts')} />}>
      {status === 'ready' && rows.length === 0 ? (
        <EmptyState icon={<ClipboardList />} title={t('stocktake.emptyTitle')} action={begin}>
          {t('stocktake.emptyText')}
        </EmptyState>
      ) : (
        <div className="max-w-3xl">
          <ul className="border-t border-border">
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
          <div className="p-4">{begin}</div>
        </div>
      )}
      <OpenSheet isOpen={isOpening} onClose={() => setOpening(false)} onOpened={onOpened} />
    </Screen>
  );
}

function Row({ row }: { readonly row: StocktakeSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className="border-b border-rule">
      <Link
        to="/stocktakes/$stocktakeId"
        params={{ stocktakeId: row.id }}
        className="flex min-h-18 items-center gap-3 px-4 py-2 hover:bg-hover active:bg-hover"
      >
        <span className="min-w-0 flex-1">
          <span className="block truncate text-[16px] font-medium">{row.name}</span>
          <span className="block truncate text-[14px] text-muted-foreground">
            {t('stocktake.openedBy', {
              time: format.timeOrDay(row.openedAt, nowForDisplay()),
              who: row.openedBy ?? '?',
            })}
            {' · '}
            {t('stocktake.lines', { count: row.lineCount, shown: format.count(row.lineCount) })}
          </span>
        </span>
        <Chip tone={row.status === 'approved' ? 'good' : row.status === 'closed' ? 'warn' : 'info'}>
          {t(`stocktake.status.${row.status}`)}
        </Chip>
        <ChevronRight className="icon-lg text-faint-foreground" aria-hidden="true" />
      </Link>
    </li>
  );
}

function OpenSheet({
  isOpen,
  onClose,
  onOpened,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onOpened: (id: StocktakeId) => void;
}) {
  const { t } = useTranslation();
  const { recordOperation } = usePlatform();
  const places = useLiveQuery<NamedPlace>(COUNT_PLACES).rows;
  const [name, setName] = useState('');
  const [scope, setScope] = useState<'full' | 'zone'>('full');
  const [place, setPlace] = useState<NamedPlace | null>(null);
  const [isBlind, setBlind] = useState(true);
  const [isPicking, setPicking] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const isReady = name.trim() !== '' && (scope === 'full' || place !== null);
  const open = async () => {
    const recorded = await recordOperation({
      kind: 'open_stocktake',
      name: name.trim(),
      scope:
        scope === 'full' || place === null
          ? { kind: 'full' }
          : { kind: 'zone', locationIds: [place.id as StorageLocationId] },
      isBlind,
    });
    setFailed(!recorded.ok);
    if (recorded.ok) onOpened(recorded.value.operation.id as string as StocktakeId);
  };
  return (
    <>
      <Sheet title={t('stocktake.open')} isOpen={isOpen} onClose={onClose} closeLabel={t('common.close')}>
        <div className="flex flex-col gap-4">
          <TextField
            label={t('stocktake.name')}
            placeholder={t('stocktake.namePlaceholder')}
            value={name}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
          <Segmented
            legend={t('stocktake.scope')}
            choices={[
              { value: 'full', label: t('stocktake.scopes.full') },
              { value: 'zone', label: t('stocktake.scopes.zone') },
            ]}
            value={scope}
            onChange={setScope}
          />
          {scope === 'zone' && (
            <Button
              kind="outline"
              size="touch"
              icon={<MapPin className="icon-lg" />}
              hint={t('stocktake.withBelow')}
              onClick={() => setPicking(true)}
            >
              {place === null ? t('stocktake.chooseZone') : `${place.code} ${place.name}`}
            </Button>
          )}
          <label className="flex min-h-12 items-center gap-3">
            <input
              type="checkbox"
              className="size-6 accent-primary"
              checked={isBlind}
              onChange={(event) => setBlind(event.target.checked)}
            />
            <span>
              <span className="block font-medium">{t('stocktake.blind')}</span>
              <span className="block text-[14px] text-muted-foreground">{t('stocktake.blindHint')}</span>
            </span>
          </label>
          {hasFailed && <Notice tone="alarm" title={t('stocktake.notRecorded')} />}
          <Button kind="primary" size="main" disabled={!isReady} onClick={() => void open()}>
            {t('stocktake.start')}
          </Button>
        </div>
      </Sheet>
      <PickSheet
        title={t('stocktake.chooseZone')}
        findLabel={t('common.search')}
        closeLabel={t('common.close')}
        isOpen={isPicking}
        items={places.map((one) => ({ id: one.id, name: one.code, hint: one.name }))}
        pickedId={place?.id ?? null}
        onPick={({ id }) => setPlace(places.find((one) => one.id === id) ?? null)}
        onClose={() => setPicking(false)}
      />
    </>
  );
}
