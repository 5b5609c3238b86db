import type { EventId } from '#kernel/ids.ts';
import { samePlace } from '#ledger/same-place.ts';
import { fillLines } from './fill-lines.ts';
import type { BlockedWhy, ScanJudgement, ScanMode, ScanSubject } from './scan-judgement.ts';

/**
 * What a scan is answered with before anything is recorded, from what this device knows (rules SC4 to SC14 of
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
    case 'load':
      return judgeLoad(mode, subject);
    case 'unload':
      return judgeUnload(mode, subject);
  }
}

type Mode<Kind extends ScanMode['kind']> = Extract<ScanMode, { readonly kind: Kind }>;

function judgeCheckOut(mode: Mode<'check_out'>, subject: ScanSubject): ScanJudgement {
  const { eventId } = subject.at;
  if (eventId === mode.eventId) return already(subject);
  const blocked = blockedBy(subject);
  if (blocked !== null && mode.overrideReason === null) {
    return { outcome: 'blocked', isRecorded: false, why: blocked, canOverride: true };
  }
  const { lineId, surplus } = fillLines(mode.lines, subject);
  if (eventId !== null || surplus.length > 0) {
    return { ...outElsewhere(eventId), surplus };
  }
  return { ...good(subject), lineId };
}

function judgeCheckIn(mode: Mode<'check_in'>, subject: ScanSubject): ScanJudgement {
  const { place, status } = subject.asset.state;
  const lies = place.kind === 'location' && place.id === mode.locationId;
  return lies && status !== 'lost' && mode.disposition === 'ok' ? already(subject) : good(subject);
}

function judgePack(mode: Mode<'pack'>, subject: ScanSubject): ScanJudgement {
  const { id, state } = subject.asset;
  if (state.place.kind === 'case' && state.place.id === mode.caseId) return already(subject);
  if (id === mode.caseId || mode.caseAt.caseIds.includes(id)) {
    return { outcome: 'blocked', isRecorded: false, why: 'case_in_itself', canOverride: false };
  }
  const blocked = blockedBy(subject);
  if (blocked !== null) return { outcome: 'blocked', isRecorded: false, why: blocked, canOverride: false };
  const { eventId } = subject.at;
  if (eventId !== null && eventId !== mode.caseAt.eventId) return outElsewhere(eventId);
  return good(subject);
}

/** [SC13] What it was out for already went through the check-out: only what goes out now is held against the list. */
function judgeLoad(mode: Mode<'load'>, subject: ScanSubject): ScanJudgement {
  const { place, eventId } = subject.at;
  const isOutForIt = eventId === mode.eventId;
  if (place?.kind === 'vehicle' && place.id === mode.vehicleId && isOutForIt) return already(subject);
  if (mode.eventId === null || isOutForIt) return good(subject);
  const blocked = blockedBy(subject);
  if (blocked !== null && mode.overrideReason === null) {
    return { outcome: 'blocked', isRecorded: false, why: blocked, canOverride: true };
  }
  const { lineId, surplus } = fillLines(mode.lines, subject);
  if (eventId !== null || surplus.length > 0) return { ...outElsewhere(eventId), surplus };
  return { ...good(subject), lineId };
}

/** [SC14] */
function judgeUnload({ place }: Mode<'unload'>, subject: ScanSubject): ScanJudgement {
  const { at, asset } = subject;
  if (at.place !== null && samePlace(at.place, place) && asset.state.status !== 'lost')
    return already(subject);
  const isForAnother = place.kind === 'event' && at.eventId !== null && at.eventId !== place.id;
  return isForAnother ? outElsewhere(at.eventId) : good(subject);
}

function outElsewhere(otherEventId: EventId | null): Extract<ScanJudgement, { outcome: 'wrong_event' }> {
  return { outcome: 'wrong_event', isRecorded: true, otherEventId, surplus: [] };
}

/** [SC6] [SC7] A lost thing is found by being scanned: that blocks nothing. */
function blockedBy({ asset, isInspectionOverdue }: ScanSubject): BlockedWhy | null {
  const { status } = asset.state;
  if (status === 'quarantined' || status === 'in_repair' || status === 'retired') return status;
  return isInspectionOverdue ? 'inspection_overdue' : null;
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
