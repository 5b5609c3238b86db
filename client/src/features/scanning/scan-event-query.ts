import type { Instant } from '@eventkit/shared/kernel/instant.ts';

/** What the head of the scan screen says of its event. */
export type ScanEvent = { readonly name: string; readonly venue: string; readonly loadAt: Instant | null };

export const SCAN_EVENT = 'SELECT name, venue, load_at AS loadAt FROM events_now WHERE id = ?';
