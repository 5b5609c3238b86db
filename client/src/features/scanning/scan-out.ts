import type { EventId, ProductId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { judgeScan } from '@eventkit/shared/scanning/judge-scan.ts';
import type { ScanJudgement, ScanSubject } from '@eventkit/shared/scanning/scan-judgement.ts';
import type { Platform } from '#platform/platform.ts';
import { describePlace } from '#platform/scanner/describe-places.ts';
import { type FoundAsset, type ReplicaReader, scannedByInput } from '#platform/scanner/find-asset.ts';
import { findScanned, type NotACode, SHOWN_LENGTH } from '#platform/scanner/find-scanned.ts';
import { type EventLoad, readEventLoad, tallyProduct } from '#platform/scanner/read-event-load.ts';
import { readPerson } from '#platform/scanner/read-person.ts';
import { readSubject, snapshotOf } from '#platform/scanner/read-subject.ts';
import type { ScanFailure, ScanInput } from '#platform/scanner/scan-report.ts';
import { describeSurplus } from '#platform/surplus/surplus-detail.ts';
import type { CheckOutDetail, CheckOutReport, ContentCount } from './check-out-detail.ts';
import { readTwin } from './read-twin.ts';

export type ScanOutCapabilities = {
  readonly replica: ReplicaReader;
  readonly recordOperation: Platform['recordOperation'];
  /** Whose scans they are: "already, by you". */
  readonly userId: UserId;
};

export type ScanOutJob = {
  readonly eventId: EventId;
  /** Set when the person takes a blocked thing all the same. */
  readonly overrideReason: string | null;
};

/**
 * One code on its way out: parsed, looked up, judged, recorded where the judge says so. Resolves after the commit.
 * A case is one operation; its contents go with it.
 */
export async function scanOut(
  { replica, recordOperation, userId }: ScanOutCapabilities,
  { eventId, overrideReason }: ScanOutJob,
  input: ScanInput,
): Promise<Result<CheckOutReport, ScanFailure>> {
  const [scanned, load] = await Promise.all([findScanned(replica, input), readEventLoad(replica, eventId)]);
  if (!scanned.ok) return ok(notACode(scanned.error));
  const { code, found } = scanned.value;
  if (found.kind === 'location') return ok(placeLabel(found.location));
  const asset = found.kind === 'asset' ? found.asset : null;
  const subject = asset && (await readSubject(replica, asset));
  const judgement = judgeScan({ kind: 'check_out', eventId, lines: load.lines, overrideReason }, subject);
  const facts = { replica, userId, eventId, asset, subject, load, overrideReason };
  // The words are read before the operation changes the rows they speak of.
  const detail = await detailOf(facts, judgement);
  const operationId = judgement.isRecorded
    ? await recordOperation({
        kind: 'check_out',
        asset: scannedByInput(input, code, asset),
        eventId,
        overrideReason: asset ? overrideReason : null,
        ...snapshotOf(subject),
      })
    : null;
  if (operationId && !operationId.ok) return operationId;
  return ok({
    outcome: judgement.outcome,
    code: asset?.code ?? code.slice(0, SHOWN_LENGTH),
    title: asset?.productName ?? null,
    detail,
    operationId: operationId?.value.operation.id ?? null,
    completesLine: judgement.outcome === 'ok' && subject !== null && completesLine(load, subject),
  });
}

function notACode(detail: NotACode): CheckOutReport {
  return {
    outcome: 'unknown',
    code: detail.shown,
    title: null,
    detail,
    operationId: null,
    completesLine: false,
  };
}

function placeLabel({ code, name }: { readonly code: string; readonly name: string }): CheckOutReport {
  return {
    outcome: 'unknown',
    code,
    title: name,
    detail: { kind: 'place_label', name },
    operationId: null,
    completesLine: false,
  };
}

type Facts = {
  readonly replica: ReplicaReader;
  readonly userId: UserId;
  readonly eventId: EventId;
  readonly asset: FoundAsset | null;
  readonly subject: ScanSubject | null;
  readonly load: EventLoad;
  readonly overrideReason: string | null;
};

async function detailOf(facts: Facts, judgement: ScanJudgement): Promise<CheckOutDetail> {
  const { replica, asset, subject, load } = facts;
  if (!asset || !subject) return { kind: 'no_label' };
  const assetId = asset.id;
  const tally = tallyProduct(load, asset.productId);
  switch (judgement.outcome) {
    case 'ok':
      return {
        kind: 'ok',
        assetId,
        tally: tally && { ...tally, outCount: tally.outCount + 1 },
        from: await describePlace(replica, asset),
        contents: await readContentCounts(replica, subject.contentProductIds),
        isFound: judgement.isFound,
        overrideReason: facts.overrideReason,
      };
    case 'already': {
      const { by, at } = judgement;
      const isInCase = asset.state.place.kind === 'case';
      return {
        kind: 'already',
        assetId,
        by: by && (await readPerson(replica, by, facts.userId)),
        at,
        caseCode: isInCase ? (asset.cases[0]?.code ?? null) : null,
      };
    }
    case 'wrong_event':
      return { ...(await describeSurplus(replica, facts.eventId, asset, judgement)), tally };
    case 'blocked': {
      const [from, twin] = await Promise.all([describePlace(replica, asset), readTwin(replica, asset)]);
      return { kind: 'blocked', assetId, why: judgement.why, canOverride: judgement.canOverride, from, twin };
    }
    case 'unknown':
      return { kind: 'no_label' };
  }
}

/** "4 × JDC1", the most first. */
async function readContentCounts(
  replica: ReplicaReader,
  productIds: readonly ProductId[],
): Promise<ContentCount[]> {
  if (productIds.length === 0) return [];
  const names = await replica.getAll<{ id: ProductId; name: string }>(
    'SELECT id, name FROM products WHERE id IN (SELECT value FROM json_each(?))',
    [JSON.stringify([...new Set(productIds)])],
  );
  return names
    .map(({ id, name }) => ({ productName: name, count: productIds.filter((one) => one === id).length }))
    .sort((a, b) => b.count - a.count);
}

/** True where this thing, with what is in it, was the last that one of its products lacked. */
function completesLine(load: EventLoad, { asset, contentProductIds }: ScanSubject): boolean {
  const products = [asset.productId, ...contentProductIds];
  return [...new Set(products)].some((productId) => {
    const tally = tallyProduct(load, productId);
    if (!tally || tally.outCount >= tally.wantedCount) return false;
    return tally.outCount + products.filter((id) => id === productId).length >= tally.wantedCount;
  });
}
