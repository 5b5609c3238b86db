import type { MovementId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { describe, expect, it } from 'vitest';
import { mergeHistory } from './merge-history.ts';
import type { HistoryEntry } from './read-history.ts';

function entry(number: number, part: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    id: `m${number}` as MovementId,
    kind: 'move',
    effectiveAt: `2026-11-22T${String(number).padStart(2, '0')}:00:00.000000Z` as Instant,
    placeName: 'B4-2',
    who: 'Anna',
    device: 'Dock 2 phone',
    disposition: null,
    overrideReason: null,
    note: null,
    isPending: false,
    lateMs: null,
    isTakenBack: false,
    isByHand: false,
    attachments: [],
    ...part,
  };
}
const idsOf = (entries: readonly HistoryEntry[]) => entries.map(({ id }) => id);

describe('the history of a thing from two sources', () => {
  it('holds each fact once, newest first, whichever side had it', () => {
    const merged = mergeHistory([entry(9), entry(5)], [entry(7), entry(5), entry(3)]);
    expect(idsOf(merged)).toEqual(['m9', 'm7', 'm5', 'm3']);
  });

  it('takes from the server only the names that this device does not know', () => {
    const ours = entry(5, { who: null, device: 'Dock 2', isPending: true, isTakenBack: true });
    const told = entry(5, { who: 'Ben, who left', device: 'old name' });
    expect(mergeHistory([ours], [told])).toEqual([{ ...ours, who: 'Ben, who left' }]);
  });

  it('is what the device shows until the server was asked', () => {
    const ours = [entry(5)];
    expect(mergeHistory(ours, [])).toBe(ours);
  });
});
