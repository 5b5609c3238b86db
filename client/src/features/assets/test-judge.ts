import { findAsset } from '#platform/scanner/find-asset.ts';
import { unit } from '#platform/scanner/testing/scan-depot.ts';
import type { ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { type JudgementForm, type JudgementKind, judgementOf } from './judgement.ts';

/** Says of the unit with this code what somebody fills in; what is not given is left empty. */
export async function judge(
  device: ScanDevice,
  code: string,
  kind: JudgementKind,
  form: Partial<JudgementForm> = {},
) {
  const asset = await findAsset(device.replica, unit(code).id);
  if (asset === null) throw new Error(`${code} is not here`);
  const filled: JudgementForm = {
    words: '',
    inspectionDueAt: null,
    outcome: 'passed',
    locationId: null,
    photos: [],
    ...form,
  };
  return device.recordOperation(judgementOf(kind, asset, filled), filled.photos);
}
