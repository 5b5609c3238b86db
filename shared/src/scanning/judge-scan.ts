import type { EventId } from '#kernel/ids.ts';
import type { AssetStatus } from '#ledger/asset-state.ts';
import { fillLines } from './fill-lines.ts';
import type { ScanJudgement, ScanMode, ScanSubject } from './scan-judgement.ts';

/**
 * What a scan is answered with before anything is recorded, from what this device knows (rules SC4 to SC12 of
 * SPEC.md). `subject` is null where no label on this device has the code.
 */
export function judgeScan(mode: ScanMode, subject: ScanSubject | null): ScanJudgement {
  if (subject === null) return { outcome: 'unknown', isRecorded: true };
  switch (mode.kind) {
    case 'check_out':
      return judgeCheckOut(mode, subject);
    case 'check_in':
      return judgeCheckIn(mode, subject);
    case 'pack':
      return judgePack(mode, subject);
  }
}

function judgeCheckOut(mode: Extract<ScanMode, { kind: 'check_out' }>, subject: ScanSubject): ScanJudgement {
  const eventId = eventOf(subject);
  if (eventId === mode.eventId) return already(subject);
  const blocked = blockedBy(subject.asset.state.status);
  if (blocked !== null && mode.overrideReason === null) {
    return { outcome: 'blocked', isRecorded: false, why: blocked, canOverride: true };
  }
  const { lineId, surplus } = fillLines(mode.lines, subject);
  if (eventId !== null || surplus.length > 0) {
    return { outcome: 'wrong_event', isRecorded: true, otherEventId: eventId, surplus };
  }
  return { ...good(subject), lineId };
}

function judgeCheckIn(mode: Extract<ScanMode, { kind: 'check_in' }>, subject: ScanSubject): ScanJudgement {
  const { place, status } = subject.asset.state;
  const lies = place.kind === 'location' && place.id === mode.locationId;
  return lies && status !== 'lost' && mode.disposition === 'ok' ? already(subject) : good(subject);
}

function judgePack(mode: Extract<ScanMode, { kind: 'pack' }>, subject: ScanSubject): ScanJudgement {
  const { id, state } = subject.asset;
  if (state.place.kind === 'case' && state.place.id === mode.caseId) return already(subject);
  if (id === mode.caseId || mode.caseAt.caseIds.includes(id)) {
    return { outcome: 'blocked', isRecorded: false, why: 'case_in_itself', canOverride: false };
  }
  const blocked = blockedBy(state.status);
  if (blocked !== null) return { outcome: 'blocked', isRecorded: false, why: blocked, canOverride: false };
  const eventId = eventOf(subject);
  const caseEventId = mode.caseAt.place?.kind === 'event' ? mode.caseAt.place.id : null;
  if (eventId !== null && eventId !== caseEventId) {
    return { outcome: 'wrong_event', isRecorded: true, otherEventId: eventId, surplus: [] };
  }
  return good(subject);
}

function eventOf({ at }: ScanSubject): EventId | null {
  return at.place?.kind === 'event' ? at.place.id : null;
}

/** [SC7] A lost thing is found by being scanned: that blocks nothing. */
function blockedBy(status: AssetStatus): 'quarantined' | 'retired' | null {
  return status === 'quarantined' || status === 'retired' ? status : null;
}

function already({ lastFact }: ScanSubject): ScanJudgement {
  return {
    outcome: 'already',
    isRecorded: false,
    by: lastFact?.recordedBy ?? null,
    at: lastFact?.effectiveAt ?? null,
  };
}

function good({ asset }: ScanSubject): Extract<ScanJudgement, { outcome: 'ok' }> {
  return {
    outcome: 'ok',
    isRecorded: true,
    lineId: null,
    isFound: asset.state.status === 'lost',
    from: asset.state.place,
  };
}
