import type { EventGlyphState } from '#ui/event-glyph.tsx';

/** As PostgreSQL checks it. */
export type EventStatus = EventGlyphState;
