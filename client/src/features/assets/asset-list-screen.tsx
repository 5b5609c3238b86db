import type { AttachmentId } from '@eventkit/shared/kernel/ids.ts';
import { ImageOff, Package } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAttachment } from '#platform/attachments/use-attachment.ts';
import { useObjectUrl } from '#platform/attachments/view/use-object-url.ts';
import type { ListSearch } from '#platform/lists/list-address.ts';
import type { ListFace } from '#platform/lists/list-face.ts';
import type { ListRow } from '#platform/lists/list-source.ts';
import type { ListState } from '#platform/lists/list-state.ts';
import { ListView } from '#platform/lists/view/list-view.tsx';
import { RowLink } from '#platform/lists/view/row-link.tsx';
import { Chip, type ChipTone } from '#ui/chip.tsx';
import { Code } from '#ui/code.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { AssetBulkActs } from './asset-bulk-acts.tsx';
import { assetSource } from './asset-list-source.ts';

const first: ListState = {
  text: '',
  filters: {},
  sort: [{ column: 'code', isDescending: false }],
  group: null,
  columns: ['code', 'product', 'category', 'status', 'placeKind', 'place', 'movedAt'],
  layout: 'rows',
};

/** Every piece, to be looked through by anything that is known of it. */
export function AssetListScreen({
  search,
  onSearch,
  onOpen,
  onLabels,
  tabs,
}: {
  readonly search: ListSearch;
  readonly onSearch: (search: ListSearch, how: { readonly replace: boolean }) => void;
  readonly onOpen: (id: string) => void;
  readonly onLabels: (ids: readonly string[]) => void;
  readonly tabs: ReactNode;
}) {
  const { t } = useTranslation();
  const face = useAssetFace();
  return (
    <ListView
      source={assetSource}
      face={face}
      first={first}
      search={search}
      onSearch={onSearch}
      onOpen={onOpen}
      title={t('lists.inventory.title')}
      beside={tabs}
      empty={
        <EmptyState icon={<Package />} title={t('lists.inventory.noPiecesTitle')}>
          {t('lists.inventory.noPiecesText')}
        </EmptyState>
      }
      drawActs={(chosen) => <AssetBulkActs chosen={chosen} onLabels={onLabels} />}
    />
  );
}

const widths: Readonly<Record<string, number>> = {
  code: 120,
  product: 220,
  category: 120,
  manufacturer: 120,
  serial: 120,
  status: 130,
  condition: 100,
  placeKind: 120,
  place: 150,
  inspection: 150,
  movedAt: 150,
};

const tones: Readonly<Record<string, ChipTone>> = {
  in_service: 'quiet',
  quarantined: 'warn',
  in_repair: 'warn',
  lost: 'alarm',
  retired: 'plain',
};

const statuses = ['in_service', 'quarantined', 'in_repair', 'lost', 'retired'] as const;
const conditions = ['ok', 'damaged'] as const;
const placeKinds = ['location', 'case', 'vehicle', 'event'] as const;

function useAssetFace(): ListFace {
  const { t } = useTranslation();
  return useMemo(() => {
    // Looked up once, not for each row.
    const words = new Map<string, string>([
      ...statuses.map((one) => [`status ${one}`, t(`assets.status.${one}`)] as const),
      ...conditions.map((one) => [`condition ${one}`, t(`assets.condition.${one}`)] as const),
      ...placeKinds.map((one) => [`placeKind ${one}`, t(`lists.inventory.placeKind.${one}`)] as const),
    ]);
    const wordOf = (column: string, word: string) => words.get(`${column} ${word}`) ?? word;
    const state = (row: ListRow) => (
      <Chip tone={tones[String(row['status'])] ?? 'plain'}>{wordOf('status', String(row['status']))}</Chip>
    );
    const code = (row: ListRow) => (
      <RowLink to={`/assets/${row.id}`}>
        <Code>{String(row['code'])}</Code>
      </RowLink>
    );
    return {
      labelOf: (column) => t(`lists.inventory.column.${column as 'code'}`),
      wordOf,
      widthOf: (column) => widths[column] ?? 120,
      nameOf: (row) => String(row['code']),
      drawCell(column, row) {
        if (column === 'code') return code(row);
        return column === 'status' ? state(row) : undefined;
      },
      drawLines: (row) => ({
        title: row['product'] ?? '',
        end: row['status'] === 'in_service' ? undefined : state(row),
        below: (
          <>
            {code(row)} · {row['place'] ?? wordOf('placeKind', String(row['placeKind']))}
          </>
        ),
      }),
      drawCard: (row) => (
        <>
          <AssetPhoto key={row.id} id={(row['photo'] ?? null) as AttachmentId | null} />
          <span className="block truncate px-3 pt-2 font-medium">{row['product']}</span>
          <span className="flex items-center gap-2 px-3 pt-0.5 pb-2.5 text-muted-foreground">
            {code(row)}
            <span className="min-w-0 flex-1 truncate">{row['place']}</span>
            {row['status'] !== 'in_service' && state(row)}
          </span>
        </>
      ),
    };
  }, [t]);
}

function AssetPhoto({ id }: { readonly id: AttachmentId | null }) {
  return id === null ? <NoPhoto /> : <TakenPhoto id={id} />;
}

/** The last photo that somebody took of it. */
function TakenPhoto({ id }: { readonly id: AttachmentId }) {
  const { content } = useAttachment({ id, isUploaded: true }, true);
  const url = useObjectUrl(content);
  if (url === null) return <NoPhoto />;
  return <img src={url} alt="" className="min-h-0 w-full flex-1 object-cover" />;
}

function NoPhoto() {
  const { t } = useTranslation();
  return (
    <span className="grid min-h-0 flex-1 place-items-center bg-muted text-faint-foreground">
      <ImageOff className="icon-lg" aria-label={t('lists.inventory.noPhoto')} />
    </span>
  );
}
