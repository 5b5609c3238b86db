import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { AssetConflictClass } from '@eventkit/shared/ledger/conflict.ts';
import { Link } from '@tanstack/react-router';
import { ChevronLeft, PackageOpen, PackageX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { RecordFiles } from '#platform/files/view/record-files.tsx';
import { useSession } from '#platform/live/replica-context.tsx';
import { goBack } from '#platform/scanner/go-back.ts';
import { useLiveRead } from '#platform/scanner/use-live-read.ts';
import { DeleteRecord } from '#platform/trash/view/delete-record.tsx';
import { DeletedHere } from '#platform/trash/view/deleted-here.tsx';
import { buttonClass } from '#ui/button-class.ts';
import { Chip } from '#ui/chip.tsx';
import { Code } from '#ui/code.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import { Notice } from '#ui/notice.tsx';
import { PlaceChip } from '#ui/place-chip.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { AssetFacts } from './asset-facts.tsx';
import { AssetLabels } from './asset-labels.tsx';
import { JudgeAsset } from './judge-asset.tsx';
import { type AssetView, readAsset } from './read-asset.ts';
import { readHistory } from './read-history.ts';
import { placeHeadline } from './say-asset.ts';
import { ServerHistory } from './server-history.tsx';

const TABLES = [
  'assets',
  'assets_overlay',
  'movements',
  'movements_overlay',
  'conflicts',
  'conflicts_overlay',
  'attachments',
  'attachment_queue',
  'products',
];

/** One thing: where it is now, what it is, and where it has been. */
export function AssetScreen({
  assetId,
  onBack = goBack,
}: {
  readonly assetId: AssetId;
  readonly onBack?: () => void;
}) {
  const { t } = useTranslation();
  const mayDelete = useSession().permissions.includes('inventory:write');
  const read = useLiveRead(assetId, TABLES, async (replica) => {
    const [view, history] = await Promise.all([readAsset(replica, assetId), readHistory(replica, assetId)]);
    return { view, history };
  });
  if (read.hasFailed) {
    return (
      <div className="p-4">
        <Notice tone="alarm" title={t('common.readFailed')}>
          {t('common.readFailedSafe')}
        </Notice>
      </div>
    );
  }
  if (read.value === null) return null;
  const { view, history } = read.value;
  if (view === null) {
    return (
      <DeletedHere id={assetId} icon={<PackageX />}>
        <EmptyState icon={<PackageX />} title={t('assets.gone')}>
          {t('assets.goneText')}
        </EmptyState>
      </DeletedHere>
    );
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ScreenHeader
        title={
          <span className="flex items-center gap-2.5">
            <Code className="text-[22px] font-semibold">{view.asset.code}</Code>
            <StateChip view={view} />
          </span>
        }
        facts={view.asset.productName}
        back={
          <IconButton label={t('common.back')} onClick={onBack}>
            <ChevronLeft className="icon-lg" />
          </IconButton>
        }
        actions={
          view.asset.isCase && (
            <Link
              to="/pack/$caseId"
              params={{ caseId: assetId }}
              className={buttonClass('secondary', 'control')}
              aria-keyshortcuts="p"
            >
              <PackageOpen className="icon" aria-hidden="true" />
              {t('assets.packIt')}
            </Link>
          )
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto pb-6 tablet:grid tablet:grid-cols-[300px_minmax(0,1fr)] tablet:items-start tablet:pb-0 desktop:grid-cols-[340px_minmax(0,860px)]">
        <div className="tablet:h-full tablet:border-e tablet:border-border tablet:pb-6">
          <Whereabouts view={view} />
          <JudgeAsset asset={view.asset} />
          <Conflicts view={view} />
          <section className="px-4 py-4">
            <AssetFacts view={view} />
          </section>
          <AssetLabels asset={view.asset} />
          <RecordFiles subject={{ kind: 'asset', id: assetId }} />
          {view.asset.isCase && <Contents view={view} />}
          {mayDelete && <DeleteRecord kind="asset" id={assetId} />}
        </div>
        <ServerHistory assetId={assetId} ours={history} />
      </div>
    </div>
  );
}

function StateChip({ view }: { readonly view: AssetView }) {
  const { t } = useTranslation();
  const { status } = view.asset.state;
  if (status !== 'in_service') {
    return <Chip tone={status === 'lost' ? 'warn' : 'alarm'}>{t(`assets.status.${status}`)}</Chip>;
  }
  return view.isPending ? (
    <Chip tone="quiet" isDashed>
      {t('assets.pending')}
    </Chip>
  ) : null;
}

function Whereabouts({ view }: { readonly view: AssetView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { asset, place } = view;
  const now = nowForDisplay();
  const [inner, outer] = asset.cases;
  const lines = [
    inner &&
      (outer
        ? t('assets.inCases', { code: inner.code, outer: outer.code })
        : t('assets.inCase', { code: inner.code })),
    place.kind === 'event' &&
      place.backAt !== null &&
      t('assets.backAt', { time: format.shortMoment(place.backAt, now) }),
    asset.state.lastMovedAt !== null &&
      t('assets.since', { time: format.timeOrDay(asset.state.lastMovedAt, now) }),
  ].filter((line) => typeof line === 'string');
  return (
    <section className="flex items-start justify-between gap-3 border-b border-rule px-4 py-3">
      <div className="min-w-0">
        <p className="text-[13px] text-muted-foreground tablet:text-[12px]">{t('assets.whereItIs')}</p>
        <p className="text-[19px] leading-tight font-semibold tablet:text-[16px]">
          {placeHeadline({ t, format }, place)}
        </p>
        {lines.length > 0 && <p className="mt-0.5 text-[14px] text-muted-foreground">{lines.join(' · ')}</p>}
      </div>
      {place.kind === 'location' && <PlaceChip>{place.code}</PlaceChip>}
    </section>
  );
}

function Conflicts({ view }: { readonly view: AssetView }) {
  const { t } = useTranslation();
  return view.conflicts.map((conflict) => (
    <div key={conflict.id} className="px-4 pt-3">
      <Notice
        tone="warn"
        title={t(`assets.conflict.${conflict.class as AssetConflictClass}`)}
        actions={
          <Link
            to="/conflicts/$conflictId"
            params={{ conflictId: conflict.id }}
            className={buttonClass('secondary', 'control')}
          >
            {t('assets.openConflict')}
          </Link>
        }
      />
    </div>
  ));
}

function Contents({ view }: { readonly view: AssetView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = view.contents.length;
  return (
    <section>
      <SectionHeading end={t('assets.contentCount', { count, shown: format.count(count) })}>
        {t('assets.contents')}
      </SectionHeading>
      {count === 0 && <p className="px-4 py-3 text-muted-foreground">{t('assets.empty')}</p>}
      <ul className="mx-4">
        {view.contents.map((content) => (
          <li key={content.id} className="border-b border-rule last:border-b-0">
            <Link
              to="/assets/$assetId"
              params={{ assetId: content.id }}
              className="flex min-h-12 items-center gap-3 hover:bg-hover tablet:min-h-8"
            >
              <Code className="w-24 flex-none truncate">{content.code}</Code>
              <span className="min-w-0 flex-1 truncate">{content.productName}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
