import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Disposition } from '@eventkit/shared/operations/operation.ts';
import { describe, expect, it } from 'vitest';
import { markUndone, noteScan, type SessionLog } from '#platform/scanner/session-log.ts';
import { places } from '#platform/scanner/testing/scan-depot.ts';
import type { CheckInDetail } from './check-in-detail.ts';
import { countBack } from './count-back.ts';

function logOf(...entries: readonly (readonly [string, Disposition])[]): SessionLog<CheckInDetail> {
  return entries.reduce<SessionLog<CheckInDetail>>((log, [code, disposition], index) => {
    const detail: CheckInDetail = {
      kind: 'in',
      assetId: code as AssetId,
      disposition,
      note: null,
      from: { kind: 'nowhere', caseCode: null },
      to: { id: places.binB41, code: 'B4-1', name: '' },
      isFound: false,
      contentCount: 0,
    };
    const report = {
      outcome: 'ok',
      code,
      title: null,
      detail,
      operationId: null,
      completesLine: false,
    } as const;
    return noteScan(log, report, index);
  }, []);
}

describe('how many are back', () => {
  it('counts a thing once, however often it was corrected', () => {
    expect(countBack(logOf(['A-1', 'ok'], ['A-2', 'ok'], ['A-2', 'damaged']))).toBe(2);
  });

  it('goes by the last word: what was lost or used up is not back', () => {
    expect(countBack(logOf(['A-1', 'ok'], ['A-1', 'lost'], ['A-2', 'consumed']))).toBe(0);
    expect(countBack(logOf(['A-1', 'lost'], ['A-1', 'ok']))).toBe(1);
  });

  it('goes back to the word before when the last was taken back', () => {
    expect(countBack(markUndone(logOf(['A-1', 'ok'], ['A-1', 'lost']), 2))).toBe(1);
  });
});
