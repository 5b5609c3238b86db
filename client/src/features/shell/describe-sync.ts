import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { SyncState } from '#platform/sync/sync-state.ts';

/** How the bar looks: hatched is without signal, busy is on its way, warn is for what a person should act on. */
export type BarLook = 'hatched' | 'busy' | 'calm' | 'warn';

/** The first, strong words of the bar. */
export type BarLead =
  | { readonly kind: 'offline' | 'held' | 'unreachable' | 'all_sent' | 'sign_in_again' | 'revoked' }
  | { readonly kind: 'late' | 'sending' | 'waiting' | 'sign_in' | 'lost'; readonly count: number };

/** What follows, in this order. */
export type BarNote =
  | { readonly kind: 'since'; readonly at: Instant }
  | { readonly kind: 'as_of'; readonly at: Instant }
  | { readonly kind: 'network_fine' | 'nothing_waiting' | 'storage_low' | 'clock_unchecked' }
  | { readonly kind: 'kept' | 'kept_unread' | 'refused' | 'lost' | 'photos'; readonly count: number }
  | { readonly kind: 'applied'; readonly done: number; readonly left: number }
  | { readonly kind: 'catching_up'; readonly percent: number };

export type Bar = { readonly look: BarLook; readonly lead: BarLead; readonly notes: readonly BarNote[] };

/** What the bar says. Being without signal is a condition, never an alarm; being late with signal is one. */
export function describeSync(state: SyncState): Bar {
  const { look, lead, notes } = describeMode(state);
  return { look: isAlarming(state) ? 'warn' : look, lead, notes: [...notes, ...addenda(state)] };
}

function describeMode(state: SyncState): Bar {
  const { mode, since, waitingCount, sentCount, oldestWaitingAt, download } = state;
  const kept: BarNote =
    waitingCount > 0 ? { kind: 'kept', count: waitingCount } : { kind: 'nothing_waiting' };
  const sinceNote: BarNote[] = since === null ? [] : [{ kind: 'since', at: since }];
  switch (mode) {
    case 'offline':
      return { look: 'hatched', lead: { kind: 'offline' }, notes: [...sinceNote, kept] };
    case 'held':
      return { look: 'hatched', lead: { kind: 'held' }, notes: [...sinceNote, kept] };
    case 'unreachable':
      return {
        look: 'hatched',
        lead: { kind: 'unreachable' },
        notes: [kept, ...sinceNote, { kind: 'network_fine' }],
      };
    case 'sign_in':
      return {
        look: 'warn',
        lead: waitingCount > 0 ? { kind: 'sign_in', count: waitingCount } : { kind: 'sign_in_again' },
        notes: oldestWaitingAt === null ? [] : [{ kind: 'since', at: oldestWaitingAt }],
      };
    case 'revoked':
      return { look: 'warn', lead: { kind: 'revoked' }, notes: [kept] };
    case 'sending':
      return {
        look: 'busy',
        lead: { kind: 'sending', count: sentCount + waitingCount },
        notes: [{ kind: 'applied', done: sentCount, left: waitingCount }],
      };
    case 'waiting':
      return {
        look: 'busy',
        lead: { kind: state.isLate ? 'late' : 'waiting', count: waitingCount },
        notes: oldestWaitingAt === null ? [] : [{ kind: 'since', at: oldestWaitingAt }],
      };
    case 'all_sent': {
      // Nothing waits because it is gone: "all sent" would be a lie.
      if (state.lostCount !== null) {
        return { look: 'warn', lead: { kind: 'lost', count: state.lostCount }, notes: [] };
      }
      const { progress, lastSyncedAt } = download;
      if (progress !== null && progress < 1) {
        return {
          look: 'busy',
          lead: { kind: 'all_sent' },
          notes: [{ kind: 'catching_up', percent: Math.floor(progress * 100) }],
        };
      }
      const asOf: BarNote[] = lastSyncedAt === null ? [] : [{ kind: 'as_of', at: lastSyncedAt }];
      return { look: 'calm', lead: { kind: 'all_sent' }, notes: asOf };
    }
  }
}

function isAlarming(state: SyncState): boolean {
  return (
    state.isLate ||
    state.isStorageNearlyFull ||
    state.keptUnreadCount > 0 ||
    state.refusedCount > 0 ||
    state.lostCount !== null
  );
}

function addenda(state: SyncState): BarNote[] {
  const notes: BarNote[] = [];
  if (state.lostCount !== null && state.mode !== 'all_sent') {
    notes.push({ kind: 'lost', count: state.lostCount });
  }
  if (state.refusedCount > 0) notes.push({ kind: 'refused', count: state.refusedCount });
  if (state.keptUnreadCount > 0) notes.push({ kind: 'kept_unread', count: state.keptUnreadCount });
  if (state.waitingPhotoCount > 0) notes.push({ kind: 'photos', count: state.waitingPhotoCount });
  if (state.isStorageNearlyFull) notes.push({ kind: 'storage_low' });
  if (!state.isClockChecked && state.waitingCount > 0) notes.push({ kind: 'clock_unchecked' });
  return notes;
}
