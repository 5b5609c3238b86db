import { SearchX } from 'lucide-react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { addressOf, type ListSearch, stateOfAddress } from '#platform/lists/list-address.ts';
import type { ListFace } from '#platform/lists/list-face.ts';
import {
  type ListSelection,
  noSelection,
  selectedCount,
  selectedIds,
} from '#platform/lists/list-selection.ts';
import type { ListSource } from '#platform/lists/list-source.ts';
import { type ListState, sortedBy, withFilter } from '#platform/lists/list-state.ts';
import { useIsNarrow } from '#platform/lists/use-is-narrow.ts';
import { useListReader } from '#platform/lists/use-list-reader.ts';
import { useSavedViews } from '#platform/lists/use-saved-views.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Notice } from '#ui/notice.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { DisplaySheet } from './display-sheet.tsx';
import { ExportSheet } from './export-sheet.tsx';
import { FilterChips } from './filter-chips.tsx';
import { FilterSheet } from './filter-sheet.tsx';
import { ListBody } from './list-body.tsx';
import { type ListTool, ListToolbar } from './list-toolbar.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { ViewsSheet } from './views-sheet.tsx';

/** What is chosen, for those who do something with it. */
export type Chosen = {
  readonly count: number;
  /** In the order of the list. */
  readonly readIds: () => readonly string[];
  readonly clear: () => void;
};

export type ListViewProps = {
  readonly source: ListSource;
  readonly face: ListFace;
  /** The list as it opens. */
  readonly first: ListState;
  readonly search: ListSearch;
  /** `replace`: no step to come back to, as while somebody types. */
  readonly onSearch: (search: ListSearch, how: { readonly replace: boolean }) => void;
  readonly onOpen: (id: string) => void;
  readonly title: string;
  readonly beside?: ReactNode;
  /** What belongs here, where there is nothing at all. */
  readonly empty: ReactNode;
  readonly drawActs?: (chosen: Chosen) => ReactNode;
};

/** A list of any records of the device, however many: see the README beside. */
export function ListView({
  source,
  face,
  first,
  search,
  onSearch,
  onOpen,
  title,
  beside,
  empty,
  drawActs,
}: ListViewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const isNarrow = useIsNarrow();
  const asked = JSON.stringify(search);
  const state = useMemo(
    () => stateOfAddress(source, JSON.parse(asked) as ListSearch, first),
    [source, asked, first],
  );
  const { reader, shown } = useListReader(source, state);
  const { views, isKept, change } = useSavedViews(source, first);
  const [selection, setSelection] = useState<ListSelection>(noSelection);
  const [isSelecting, setSelecting] = useState(false);
  const [tool, setTool] = useState<ListTool | null>(null);
  const [filterColumn, setFilterColumn] = useState<string | null>(null);
  const viewId = typeof search.view === 'string' ? search.view : null;
  const view = views.find(({ id }) => id === viewId) ?? null;

  const go = useCallback(
    (next: ListState, how: { readonly replace: boolean; readonly viewId: string | null }) =>
      onSearch(
        { ...addressOf(next, first), ...(how.viewId === null ? {} : { view: how.viewId }) },
        { replace: how.replace },
      ),
    [onSearch, first],
  );
  const put = useCallback((next: ListState, replace = false) => go(next, { replace, viewId }), [go, viewId]);
  const count = selectedCount(selection, shown.ids.count);
  const chosen: Chosen = {
    count,
    readIds: () => selectedIds(selection, shown.ids),
    clear: () => setSelection(noSelection),
  };
  const isFiltered = state.text !== '' || Object.keys(state.filters).length > 0;
  const closeTool = () => {
    setTool(null);
    setFilterColumn(null);
  };

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ScreenHeader
        title={title}
        facts={
          shown.status === 'loading'
            ? t('lists.reading')
            : t('lists.rowCount', { count: shown.ids.count, shown: format.count(shown.ids.count) })
        }
        actions={beside}
      />
      <ListToolbar
        text={state.text}
        viewName={view?.name ?? null}
        isSelecting={isNarrow && state.layout === 'rows' ? isSelecting : null}
        chips={
          <FilterChips
            face={face}
            filters={state.filters}
            onEdit={(column) => {
              setFilterColumn(column);
              setTool('filter');
            }}
            onRemove={(column) => put(withFilter(state, column, null))}
          />
        }
        onText={(text) => put({ ...state, text }, true)}
        onTool={setTool}
        onSelecting={(next) => {
          setSelecting(next);
          if (!next) setSelection(noSelection);
        }}
      />
      {shown.status === 'failed' && (
        <div className="p-4">
          <Notice
            tone="alarm"
            title={t('lists.failedTitle')}
            actions={<Button onClick={() => reader.ask(state)}>{t('lists.again')}</Button>}
          >
            {t('lists.failedText')}
          </Notice>
        </div>
      )}
      {shown.status === 'ready' && shown.ids.count === 0 && !isFiltered && empty}
      {shown.status === 'ready' && shown.ids.count === 0 && isFiltered && (
        <EmptyState
          icon={<SearchX />}
          title={t('lists.noMatchTitle')}
          action={
            <Button kind="primary" onClick={() => put({ ...state, text: '', filters: {} })}>
              {t('lists.clearAll')}
            </Button>
          }
        >
          {t('lists.noMatchText')}
        </EmptyState>
      )}
      {shown.ids.count > 0 && (
        <ListBody
          source={source}
          face={face}
          state={state}
          shown={shown}
          reader={reader}
          selection={selection}
          isNarrow={isNarrow}
          isSelecting={isSelecting}
          label={title}
          onSelection={setSelection}
          onSort={(column, isAdded) => put({ ...state, sort: sortedBy(state.sort, column, isAdded) })}
          onOpen={onOpen}
        />
      )}
      {count > 0 && (
        <SelectionBar
          count={count}
          rowCount={shown.ids.count}
          onAll={() => setSelection({ kind: 'all', except: new Set() })}
          onClear={chosen.clear}
          onExport={() => setTool('export')}
        >
          {drawActs?.(chosen)}
        </SelectionBar>
      )}
      {tool === 'filter' && (
        <FilterSheet
          source={source}
          face={face}
          state={state}
          column={filterColumn}
          onColumn={setFilterColumn}
          onFilter={(column, filter) => put(withFilter(state, column, filter))}
          onClose={closeTool}
        />
      )}
      {tool === 'display' && (
        <DisplaySheet
          source={source}
          face={face}
          state={state}
          first={first}
          onState={(next) => put(next)}
          onClose={closeTool}
        />
      )}
      {tool === 'views' && (
        <ViewsSheet
          views={views}
          isKept={isKept}
          viewId={viewId}
          state={state}
          newId={() => crypto.randomUUID()}
          onViews={change}
          onPick={(picked) => go(picked?.state ?? first, { replace: false, viewId: picked?.id ?? null })}
          onClose={closeTool}
        />
      )}
      {tool === 'export' && (
        <ExportSheet
          source={source}
          face={face}
          title={title}
          columns={state.columns}
          count={count > 0 ? count : shown.ids.count}
          readIds={() => selectedIds(count > 0 ? selection : { kind: 'all', except: new Set() }, shown.ids)}
          onClose={closeTool}
        />
      )}
    </div>
  );
}
