import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import { ok } from '@eventkit/shared/kernel/result.ts';
import { useRef, useState } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { describePlace, type SaidPlace } from '#platform/scanner/describe-places.ts';
import { feedbackOfThisDevice } from '#platform/scanner/device-feedback.ts';
import { findAsset } from '#platform/scanner/find-asset.ts';
import { type ScanInput, sameThingAgain } from '#platform/scanner/scan-report.ts';
import { useLiveRead } from '#platform/scanner/use-live-read.ts';
import { useScanSession } from '#platform/scanner/use-scan-session.ts';
import { openCase as openSealedCase, sayWhereItIs, sealCase, type WhereItIs } from './case-acts.ts';
import { packScanned } from './pack-scanned.ts';
import type { OpenCase, PackingDetail } from './packing-detail.ts';
import { type CaseList, readCaseList } from './read-case-list.ts';
import { type PackedThing, readPackedThings } from './read-packed-things.ts';
import { type CaseTemplate, readTemplate } from './read-template.ts';
import { unpackThing } from './unpack-thing.ts';

const TABLES = [
  'assets',
  'assets_overlay',
  'products',
  'case_template_lines',
  'movements',
  'movements_overlay',
];

type Contents = {
  readonly things: readonly PackedThing[];
  readonly stands: SaidPlace | null;
  readonly isSealed: boolean;
  /** How it belongs; null where nobody said. */
  readonly template: CaseTemplate | null;
  /** The list that went with it last; null where there is none. */
  readonly list: CaseList | null;
};

const nothing: Contents = { things: [], stands: null, isSealed: false, template: null, list: null };

/** Everything the packing screen stands on. `caseId` opens a case at once. */
export function usePacking(caseId: AssetId | null) {
  const { replica, recordOperation } = usePlatform();
  // The queue may be ahead of what is rendered, so the case that is open now is read from here.
  const open = useRef<OpenCase | null>(null);
  const [openCase, setOpenCase] = useState<OpenCase | null>(null);
  const [isNesting, setNesting] = useState(false);
  const nests = useRef(false);

  const change = (next: OpenCase | null) => {
    open.current = next;
    setOpenCase(next);
  };
  const nest = (isOn: boolean) => {
    nests.current = isOn;
    setNesting(isOn);
  };

  const scan = async (input: ScanInput) => {
    const answer = await packScanned(
      { replica, recordOperation },
      { openCase: open.current, nests: nests.current },
      input,
    );
    if (!answer.ok) return answer;
    nest(false);
    if (answer.value.kind === 'report') return ok(answer.value.report);
    change(answer.value.openCase);
    feedbackOfThisDevice().play('line_complete');
    return ok(null);
  };
  const { session, state } = useScanSession<PackingDetail>('pack', scan);

  // The case to begin with, until the person is done with it.
  const [firstCaseId, setFirstCaseId] = useState(caseId);
  const shownId = openCase?.id ?? firstCaseId;
  const contents = useLiveRead<Contents>(`case ${shownId ?? ''}`, TABLES, async (reader) => {
    if (shownId === null) return nothing;
    const asset = await findAsset(reader, shownId);
    if (asset && open.current === null) change(asset);
    const stands = asset && (await describePlace(reader, asset));
    const [things, template, list] = await Promise.all([
      readPackedThings(reader, shownId),
      asset ? readTemplate(reader, shownId, asset.productId) : null,
      readCaseList(reader, shownId),
    ]);
    return { things, stands, isSealed: asset !== null && asset.state.sealedBy !== null, template, list };
  });

  return {
    openCase,
    closeCase: () => {
      setFirstCaseId(null);
      change(null);
    },
    contents: contents.value,
    session,
    state,
    isNesting,
    nest,
    unpack: (assetId: AssetId) =>
      openCase ? unpackThing({ replica, recordOperation }, openCase.id, assetId) : Promise.resolve(null),
    goOn: () => session.release(async () => ok(null)),
    seal: () => (openCase ? sealCase({ replica, recordOperation }, openCase.id) : Promise.resolve(null)),
    unseal: () =>
      openCase ? openSealedCase({ replica, recordOperation }, openCase.id) : Promise.resolve(null),
    /** Opens the sealed case and packs what was held. */
    unsealAndPack: () =>
      session.release(async () => {
        const held = session.state.current().held;
        if (!openCase || held?.detail.kind !== 'blocked') return ok(null);
        const opened = await openSealedCase({ replica, recordOperation }, openCase.id);
        return opened.ok ? scan(sameThingAgain(held, held.detail.assetId)) : opened;
      }),
    sayWhere: (assetId: AssetId, where: WhereItIs) =>
      openCase
        ? sayWhereItIs({ replica, recordOperation }, openCase.id, assetId, where)
        : Promise.resolve(null),
  };
}
