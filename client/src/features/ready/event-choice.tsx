import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { SelectField } from '#ui/select-field.tsx';
import type { RoadEvent } from './ready-queries.ts';

/** For which event. */
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
  if (chosenId === null) return null;
  const isListed = events.some((event) => event.id === chosenId);
  return (
    <SelectField
      label={t('ready.forEvent')}
      value={chosenId}
      onChange={({ target }) => onChoose(target.value as EventId)}
    >
      {!isListed && <option value={chosenId}>{t('ready.otherEvent')}</option>}
      {events.map((event) => (
        <option key={event.id} value={event.id}>
          {event.name} · {format.shortMoment(event.loadAt, now)}
        </option>
      ))}
    </SelectField>
  );
}
