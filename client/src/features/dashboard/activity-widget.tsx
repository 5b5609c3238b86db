import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { MovementKind } from '@eventkit/shared/ledger/movement.ts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { ACTIVITY } from './dashboard-queries.ts';
import { WidgetNote } from './event-line.tsx';
import { type Activity, type ActivityRow, groupActivity } from './group-activity.ts';

const MOST_LINES = 12;

/** What people did last, everybody's. */
export function ActivityWidget({ now }: { readonly now: Instant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, status } = useLiveQuery<ActivityRow>(ACTIVITY);
  if (rows.length === 0)
    return status === 'ready' ? <WidgetNote>{t('dashboard.noActivity')}</WidgetNote> : null;
  return (
    <ol className="max-h-96 overflow-y-auto">
      {groupActivity(rows, MOST_LINES).map((activity) => (
        <li
          key={activity.id}
          className="flex min-h-12 items-center gap-3 border-b border-rule px-4 py-1.5 last:border-0 tablet:min-h-9"
        >
          <span className="min-w-0 flex-1">
            <span className="block truncate">
              <b className="font-medium">{activity.who ?? t('dashboard.somebody')}</b>{' '}
              <What activity={activity} />
            </span>
            {activity.eventName !== null && (
              <span className="block truncate text-[14px] text-muted-foreground tablet:text-[12px]">
                {activity.eventName}
              </span>
            )}
          </span>
          <span className="flex-none text-[14px] text-muted-foreground tablet:text-[12px]">
            {format.timeOrDay(activity.at, now)}
          </span>
        </li>
      ))}
    </ol>
  );
}

function What({ activity: { kind, what, count } }: { readonly activity: Activity }) {
  const { t } = useTranslation();
  const format = useFormat();
  const act = t(`dashboard.act.${kind as Exclude<MovementKind, 'undo'>}`);
  return what === null || count > 1 ? (
    <>
      {t('dashboard.things', { count, shown: format.count(count) })} {act}
    </>
  ) : (
    <>
      <span className="font-mono">{what}</span> {act}
    </>
  );
}
