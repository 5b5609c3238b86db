import type { StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { AssetStatus } from '@eventkit/shared/ledger/asset-state.ts';
import type {
  FoundAgain,
  InspectionOutcome,
  InspectionResult,
  Quarantine,
  Release,
  RepairDone,
  RepairStart,
  Retire,
} from '@eventkit/shared/operations/operation.ts';
import { mayRecord } from '@eventkit/shared/permissions/permission-by-operation.ts';
import type { Permission } from '@eventkit/shared/permissions/roles.ts';
import type { TakenAttachment } from '#platform/attachments/taken-attachment.ts';
import { type FoundAsset, pointedOut } from '#platform/scanner/find-asset.ts';

/** What a person can say of how a thing is. */
export type JudgementKind =
  | 'quarantine'
  | 'release'
  | 'retire'
  | 'repair_start'
  | 'repair_done'
  | 'inspect'
  | 'found';

/** What somebody with these permissions can say of a thing as it is now; the likeliest first. */
export function judgementsOf(status: AssetStatus, held: readonly Permission[]): readonly JudgementKind[] {
  return judgementsFrom(status).filter((kind) => mayJudge(kind, held));
}

export function mayJudge(kind: JudgementKind, held: readonly Permission[]): boolean {
  return mayRecord(kind === 'inspect' ? 'inspection_result' : kind, held);
}

function judgementsFrom(status: AssetStatus): readonly JudgementKind[] {
  switch (status) {
    case 'in_service':
      return ['quarantine', 'repair_start', 'inspect', 'retire'];
    case 'quarantined':
      return ['release', 'repair_start', 'inspect', 'retire'];
    case 'in_repair':
      return ['repair_done', 'inspect', 'retire'];
    case 'lost':
      return ['found', 'retire'];
    case 'retired':
      return [];
  }
}

/** What was filled in beside the kind. */
export type JudgementForm = {
  /** Why, or what was done or found. */
  readonly words: string;
  /** When the last day before the next inspection is over: on the day itself it may still go out. Null where none was chosen. */
  readonly inspectionDueAt: Instant | null;
  readonly outcome: InspectionOutcome;
  /** Where a lost thing is; null where it was not asked for. */
  readonly locationId: StorageLocationId | null;
  /** Of what is held back. */
  readonly photos: readonly TakenAttachment[];
};

/** True where the words must not be left out. */
export function needsWords(kind: JudgementKind): boolean {
  return kind === 'quarantine' || kind === 'retire' || kind === 'inspect';
}

export function judgementOf(
  kind: JudgementKind,
  asset: FoundAsset,
  { words, inspectionDueAt, outcome, locationId, photos }: JudgementForm,
): Quarantine | Release | Retire | RepairStart | RepairDone | InspectionResult | FoundAgain {
  const said = words.trim();
  const note = said === '' ? null : said;
  const scanned = pointedOut(asset);
  switch (kind) {
    case 'quarantine': {
      const attachments = photos.map(({ file }) => file);
      return { kind, asset: scanned, reason: said, ...(attachments.length > 0 && { attachments }) };
    }
    case 'retire':
      return { kind, asset: scanned, reason: said };
    case 'release':
    case 'repair_start':
      return { kind, asset: scanned, note };
    case 'repair_done':
      return { kind, asset: scanned, note, inspectionDueAt };
    case 'found': {
      const place = locationId === null ? asset.state.place : ({ kind: 'location', id: locationId } as const);
      return { kind, asset: scanned, place, note };
    }
    case 'inspect':
      return {
        kind: 'inspection_result',
        asset: scanned,
        outcome,
        note: said,
        inspectionDueAt: outcome === 'passed' ? inspectionDueAt : null,
      };
  }
}
