import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { RoadEvent } from './ready-queries.ts';

/** For which event. The phone's own list of choices: nothing is quicker with gloves. */
export function EventChoice({
  events,
  chosenId,
  now,
  onChoose,
}: {
  readonly events: readonly RoadEvent[];
  readonly chosenId: EventId | null;
  readonly now: Instant;
  readonly onChoose: (eventId: EventId) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  if (chosenId === null) return null;
  const isListed = events.some((event) => event.id === chosenId);
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-[14px] text-muted-foreground tablet:text-[12px]">
        {t('ready.forEvent')}
      </label>
      <select
        id={id}
        value={chosenId}
        onChange={(change) => onChoose(change.target.value as EventId)}
        className="min-h-12 w-full rounded-control border border-input bg-background px-3 text-[16px] font-medium tablet:min-h-9 tablet:text-[14px]"
      >
        {!isListed && <option value={chosenId}>{t('ready.otherEvent')}</option>}
        {events.map((event) => (
          <option key={event.id} value={event.id}>
            {event.name} · {format.shortMoment(event.loadAt, now)}
          </option>
        ))}
      </select>
    </div>
  );
}
