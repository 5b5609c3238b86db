import { type Widget, type WidgetDays, widgetDays } from '@eventkit/shared/dashboards/widgets.ts';
import { GripVertical, X } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '#ui/class-names.ts';
import { IconButton } from '#ui/icon-button.tsx';

/** A widget with its name. While it is being arranged it has a handle, and what can be chosen of it. */
export function WidgetFrame({
  widget,
  isLifted,
  place,
  boxRef,
  arranging,
  children,
}: {
  readonly widget: Widget;
  readonly isLifted: boolean;
  /** Where it stands, counted from 0. */
  readonly place: number;
  readonly boxRef: (element: HTMLElement | null) => void;
  /** Null while nothing is arranged. */
  readonly arranging: {
    readonly handle: ComponentProps<'button'>;
    readonly onChange: (widget: Widget) => void;
    readonly onRemove: () => void;
  } | null;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const name = t(`dashboard.kind.${widget.kind}`);
  const looksAhead = widget.kind === 'upcoming' || widget.kind === 'utilisation';
  return (
    <section
      ref={boxRef}
      aria-label={name}
      style={{ order: place }}
      className={classNames(
        'min-w-0 rounded-panel border border-border bg-card',
        widget.isWide && 'laptop:col-span-2',
        isLifted && 'outline-2 outline-primary',
      )}
    >
      <header className="flex min-h-12 items-center gap-2 border-b border-rule pe-2 ps-4 tablet:min-h-10">
        {arranging !== null && (
          <button
            type="button"
            aria-label={t('dashboard.handle', { name })}
            className="-ms-3 grid size-12 flex-none cursor-grab touch-none place-items-center rounded-control text-muted-foreground hover:bg-hover hover:text-foreground aria-pressed:cursor-grabbing aria-pressed:text-primary-text tablet:size-8"
            {...arranging.handle}
          >
            <GripVertical className="icon" aria-hidden="true" />
          </button>
        )}
        <h2 className="min-w-0 flex-1 truncate text-[16px] tablet:text-[13px]">{name}</h2>
        {arranging === null ? (
          looksAhead && (
            <span className="pe-2 text-[14px] text-muted-foreground tablet:text-[12px]">
              {t('dashboard.next', { count: widget.days })}
            </span>
          )
        ) : (
          <IconButton label={t('dashboard.remove', { name })} onClick={arranging.onRemove}>
            <X className="icon" />
          </IconButton>
        )}
      </header>
      {arranging !== null && (
        <div className="flex flex-wrap items-center gap-x-4 border-b border-rule px-4 py-1">
          <label className="flex min-h-12 items-center gap-2 tablet:min-h-9">
            <input
              type="checkbox"
              className="size-5 accent-primary tablet:size-4"
              checked={widget.isWide}
              onChange={({ target }) => arranging.onChange({ ...widget, isWide: target.checked })}
            />
            {t('dashboard.wide')}
          </label>
          {looksAhead && (
            <select
              aria-label={t('dashboard.days')}
              className="h-12 rounded-control border border-input bg-background px-2 tablet:h-8"
              value={widget.days}
              onChange={({ target }) =>
                arranging.onChange({ ...widget, days: Number(target.value) as WidgetDays })
              }
            >
              {widgetDays.map((days) => (
                <option key={days} value={days}>
                  {t('dashboard.daysChoice', { count: days })}
                </option>
              ))}
            </select>
          )}
        </div>
      )}
      {children}
    </section>
  );
}
