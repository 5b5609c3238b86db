import type { Widget } from '@eventkit/shared/dashboards/widgets.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { LayoutGrid } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { ActivityWidget } from './activity-widget.tsx';
import type { Layout } from './layout.ts';
import { LayoutEditor } from './layout-editor.tsx';
import { OverdueWidget } from './overdue-widget.tsx';
import { UpcomingWidget } from './upcoming-widget.tsx';
import { type ArrangeStep, useArrange } from './use-arrange.ts';
import { type Layouts, useLayouts } from './use-layouts.ts';
import { UtilisationWidget } from './utilisation-widget.tsx';
import { WidgetFrame } from './widget-frame.tsx';

const MINUTE_MS = 60_000;

/** What a person wants to see first, as they have arranged it; counted from what is on the device. */
export function DashboardScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { newId } = usePlatform();
  const now = useMinute();
  const layouts = useLayouts();
  const { all, shown, show, save } = layouts;
  const [isArranging, setIsArranging] = useState(false);
  const nameOf = ({ name }: Layout) => (name === '' ? t('dashboard.firstName') : name);

  const addLayout = () => {
    const layout: Layout = {
      key: newId(),
      name: t('dashboard.newName', { number: format.count(all.length + 1) }),
      widgets: [],
      changedAt: null,
    };
    // The one that everybody begins with is kept too, now that there is another one.
    for (const one of all) if (one.changedAt === null) save(one);
    save(layout);
    show(layout.key);
  };

  return (
    <Screen
      header={
        <ScreenHeader
          title={t('dashboard.title')}
          facts={t('dashboard.asOf', { time: format.time(now) })}
          actions={
            <Button
              kind={isArranging ? 'primary' : 'outline'}
              aria-keyshortcuts="a"
              onClick={() => setIsArranging(!isArranging)}
            >
              {isArranging ? t('dashboard.done') : t('dashboard.arrange')}
            </Button>
          }
        />
      }
    >
      {layouts.isReady && (
        <>
          {all.length > 1 && (
            <div className="max-w-3xl px-4 pb-3">
              <Segmented
                legend={t('dashboard.layouts')}
                isLegendHidden
                value={shown.key}
                choices={all.map((layout) => ({ value: layout.key, label: nameOf(layout) }))}
                onChange={show}
              />
            </div>
          )}
          {isArranging && (
            <LayoutEditor
              key={shown.key}
              layout={shown}
              layoutCount={all.length}
              onSave={save}
              onAdd={(widget) => save({ ...shown, widgets: [...shown.widgets, widget] })}
              onNew={addLayout}
              onRemove={() => layouts.remove(shown)}
            />
          )}
          <Widgets key={`widgets-${shown.key}`} layouts={layouts} isArranging={isArranging} now={now} />
        </>
      )}
    </Screen>
  );
}

function Widgets({
  layouts: { shown, save },
  isArranging,
  now,
}: {
  readonly layouts: Layouts;
  readonly isArranging: boolean;
  readonly now: Instant;
}) {
  const { t } = useTranslation();
  const [said, setSaid] = useState<ArrangeStep | null>(null);
  const byId = new Map(withIds(shown.widgets));
  const { order, liftedId, boxRef, handleProps } = useArrange(
    [...byId.keys()],
    (next) => save({ ...shown, widgets: next.flatMap((id) => byId.get(id) ?? []) }),
    setSaid,
  );
  const change = (id: string, to: Widget | null) => {
    const widgets = [...byId].flatMap(([one, widget]) => (one === id ? (to ?? []) : widget));
    save({ ...shown, widgets });
  };
  const nameOf = (id: string) => t(`dashboard.kind.${byId.get(id)?.kind ?? 'upcoming'}`);

  return (
    <>
      <p className="sr-only" role="status">
        {said !== null &&
          t(`dashboard.step.${said.step}`, { name: nameOf(said.id), place: said.place, of: order.length })}
      </p>
      {byId.size === 0 && (
        <EmptyState icon={<LayoutGrid />} title={t('dashboard.emptyTitle')}>
          {t('dashboard.emptyText')}
        </EmptyState>
      )}
      <div className="grid items-start gap-4 p-4 laptop:grid-cols-2">
        {[...byId].map(([id, widget]) => (
          <WidgetFrame
            key={id}
            widget={widget}
            place={order.indexOf(id)}
            isLifted={liftedId === id}
            boxRef={boxRef(id)}
            arranging={
              isArranging
                ? {
                    handle: handleProps(id),
                    onChange: (next) => change(id, next),
                    onRemove: () => change(id, null),
                  }
                : null
            }
          >
            <Content widget={widget} now={now} />
          </WidgetFrame>
        ))}
      </div>
    </>
  );
}

function Content({ widget: { kind, days }, now }: { readonly widget: Widget; readonly now: Instant }) {
  switch (kind) {
    case 'upcoming':
      return <UpcomingWidget days={days} now={now} />;
    case 'overdue':
      return <OverdueWidget now={now} />;
    case 'utilisation':
      return <UtilisationWidget days={days} now={now} />;
    case 'activity':
      return <ActivityWidget now={now} />;
  }
}

/** A kind may stand there more than once: the second upcoming is `upcoming-2`. */
function withIds(widgets: readonly Widget[]): [string, Widget][] {
  const seen = new Map<string, number>();
  return widgets.map((widget) => {
    const count = (seen.get(widget.kind) ?? 0) + 1;
    seen.set(widget.kind, count);
    return [`${widget.kind}-${count}`, widget];
  });
}

/** Now, and each minute anew: what is overdue becomes so by itself. */
function useMinute(): Instant {
  const [now, setNow] = useState(nowForDisplay);
  useEffect(() => {
    const timer = setInterval(() => setNow(nowForDisplay()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
