import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { EventGlyphState } from '#ui/event-glyph.tsx';

/** What Today needs of an event. */
export type TodayEvent = {
  readonly id: EventId;
  readonly name: string;
  readonly clientName: string;
  readonly venue: string;
  readonly status: EventGlyphState;
  readonly loadAt: Instant;
  readonly returnAt: Instant;
  readonly wanted: number;
  readonly scanned: number;
};

export type Agenda = {
  /** The event to work on now: the one that loads next and is not complete, else the one that loads next. */
  readonly next: TodayEvent | null;
  /** The others that leave within the coming days, by load time. */
  readonly leaving: readonly TodayEvent[];
  /** What is out, by return. */
  readonly out: readonly TodayEvent[];
};
