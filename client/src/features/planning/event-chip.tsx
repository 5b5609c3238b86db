import { useTranslation } from 'react-i18next';
import { Chip } from '#ui/chip.tsx';
import { EventGlyph } from '#ui/event-glyph.tsx';
import type { EventStatus } from './event-status.ts';

/** The ring of an event's state with its word. */
export function EventChip({ status }: { readonly status: EventStatus }) {
  const { t } = useTranslation();
  return (
    <Chip
      tone={status === 'option' ? 'warn' : 'plain'}
      isDashed={status === 'option' || status === 'draft'}
      icon={<EventGlyph state={status} />}
    >
      {t(`planning.status.${status}`)}
    </Chip>
  );
}
