import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { ListReader, ListShown } from '#platform/lists/create-list-reader.ts';
import type { ListFace } from '#platform/lists/list-face.ts';
import { layOutLines } from '#platform/lists/list-lines.ts';
import { idsBetween, isSelected, type ListSelection, withSelected } from '#platform/lists/list-selection.ts';
import type { ListSource } from '#platform/lists/list-source.ts';
import type { ListState } from '#platform/lists/list-state.ts';
import { onRowKey } from '#platform/lists/on-row-key.ts';
import { sayCell } from '#platform/lists/say-cell.ts';
import { ListHead } from './list-head.tsx';
import { CardView, ListRowView, NarrowRowView, type RowActs, type RowLook, rowDomId } from './list-row.tsx';

/** Rows that are read ahead of what is seen, in each direction. */
const READ_AHEAD = 40;
/** Lines that are drawn ahead of it. */
const DRAWN_AHEAD = 4;
const HEAD_HEIGHT = 28;
const CARD_WIDTH = 220;

type Layout = 'columns' | 'narrow' | 'cards';

const lineHeights: Readonly<Record<Layout, number>> = { columns: 32, narrow: 64, cards: 252 };

/** The rows of a list, of which only those in sight exist. One tab stop; the row that has the focus is named by the grid. */
export function ListBody({
  source,
  face,
  state,
  shown,
  reader,
  selection,
  isNarrow,
  isSelecting,
  label,
  onSelection,
  onSort,
  onOpen,
}: {
  readonly source: ListSource;
  readonly face: ListFace;
  readonly state: ListState;
  readonly shown: ListShown;
  readonly reader: ListReader;
  readonly selection: ListSelection;
  readonly isNarrow: boolean;
  readonly isSelecting: boolean;
  readonly label: string;
  readonly onSelection: (next: ListSelection) => void;
  readonly onSort: (column: string, isAdded: boolean) => void;
  readonly onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const grid = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [active, setActive] = useState(0);
  const [edited, setEdited] = useState<{ readonly index: number; readonly column: string } | null>(null);
  const anchor = useRef<number | null>(null);
  const layout: Layout =
    state.layout === 'cards' && face.drawCard !== undefined ? 'cards' : isNarrow ? 'narrow' : 'columns';
  const across = layout === 'cards' ? Math.max(2, Math.floor(width / CARD_WIDTH)) : 1;
  const { ids, groups, rowsById } = shown;
  const lines = useMemo(() => layOutLines(ids.count, groups, across), [ids, groups, across]);
  const lineHeight = lineHeights[layout];
  const headHeight = layout === 'columns' ? HEAD_HEIGHT : 0;
  const virtualizer = useVirtualizer({
    count: lines.count,
    getScrollElement: () => grid.current,
    estimateSize: () => lineHeight,
    overscan: DRAWN_AHEAD,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    // React paints in its own time: a frame that comes late is better than a finger that waits.
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it measured was of other lines.
  useEffect(() => virtualizer.measure(), [virtualizer, lineHeight]);

  useEffect(() => {
    const element = grid.current;
    if (element === null) return undefined;
    const watcher = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);

  const items = virtualizer.getVirtualItems();
  const firstLine = items[0]?.index ?? 0;
  const lastLine = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (lastLine < firstLine || lastLine >= lines.count) return;
    const first = lines.at(firstLine);
    const last = lines.at(lastLine);
    const from = first.kind === 'rows' ? first.from : nextRowOf(lines, firstLine);
    const to = last.kind === 'rows' ? last.to : nextRowOf(lines, lastLine);
    reader.want(idsBetween(ids, Math.max(0, from - READ_AHEAD), Math.min(ids.count, to + READ_AHEAD) - 1));
  }, [reader, ids, lines, firstLine, lastLine]);

  const move = useCallback(
    (to: number) => {
      if (ids.count === 0) return;
      const next = Math.min(Math.max(to, 0), ids.count - 1);
      setActive(next);
      virtualizer.scrollToIndex(lines.lineOf(next), { align: 'auto' });
    },
    [ids, lines, virtualizer],
  );
  const focus = useCallback(() => grid.current?.focus({ preventScroll: true }), []);

  const latest = useRef({ ids, selection, onSelection, onOpen, isSelecting, columns: state.columns, face });
  latest.current = { ids, selection, onSelection, onOpen, isSelecting, columns: state.columns, face };
  const acts = useMemo<RowActs>(() => {
    const select = (index: number, isExtending: boolean) => {
      const { ids, selection, onSelection } = latest.current;
      const id = ids.at(index);
      if (id === undefined) return;
      const isWanted = !isSelected(selection, id);
      const some = isExtending && anchor.current !== null ? idsBetween(ids, anchor.current, index) : [id];
      onSelection(withSelected(selection, some, isExtending || isWanted));
      anchor.current = index;
      setActive(index);
    };
    return {
      toggle(index, isExtending) {
        select(index, isExtending);
        focus();
      },
      press(index, { isExtending, isAdding }) {
        const { ids, onOpen, isSelecting } = latest.current;
        const id = ids.at(index);
        if (isExtending || isAdding || isSelecting) {
          select(index, isExtending);
          focus();
        } else if (id !== undefined) onOpen(id);
      },
      edit: (index, column) => setEdited(column === null ? null : { index, column }),
      leaveCell(index, column, next) {
        const { columns, face } = latest.current;
        const editable = columns.filter((one) => face.edit?.columns.includes(one) === true);
        const beside = editable[editable.indexOf(column) + (next === 'next' ? 1 : -1)];
        if (next !== 'stay' && beside !== undefined) return setEdited({ index, column: beside });
        setEdited(null);
        focus();
      },
    };
  }, [focus]);

  const template = ['1.75rem', ...state.columns.map((column) => trackOf(source, face, column))].join(' ');
  const look = useMemo<RowLook>(
    () => ({ source, face, format, columns: state.columns, template, isSelecting }),
    [source, face, format, state.columns, template, isSelecting],
  );
  const leastWidth = 28 + state.columns.reduce((sum, column) => sum + face.widthOf(column) + 12, 24);
  const RowView = layout === 'cards' ? CardView : layout === 'narrow' ? NarrowRowView : ListRowView;
  const drawRow = (index: number): ReactNode => {
    const id = ids.at(index);
    return (
      <RowView
        key={index}
        look={look}
        acts={acts}
        row={id === undefined ? undefined : rowsById.get(id)}
        index={index}
        isSelected={id !== undefined && isSelected(selection, id)}
        isActive={index === active}
        editedColumn={edited?.index === index ? edited.column : null}
      />
    );
  };

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={label}
      aria-rowcount={ids.count + 1}
      aria-multiselectable
      aria-busy={shown.status === 'loading'}
      aria-activedescendant={ids.count === 0 ? undefined : rowDomId(active)}
      tabIndex={0}
      onKeyDown={(event) =>
        onRowKey(event, {
          pageRows: Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / lineHeight) - 1) * across,
          onMove(by, isExtending) {
            const to = Math.min(
              Math.max(active + by * (layout === 'cards' && Math.abs(by) === 1 ? across : 1), 0),
              ids.count - 1,
            );
            if (isExtending) {
              anchor.current ??= active;
              onSelection(withSelected(selection, idsBetween(ids, active, to), true));
            } else anchor.current = to;
            move(to);
          },
          onEnd: (end) => move(end === 'first' ? 0 : ids.count - 1),
          onOpen() {
            const id = ids.at(active);
            if (id !== undefined) onOpen(id);
          },
          onSelectAll: () => onSelection({ kind: 'all', except: new Set() }),
          onLeave: () => onSelection({ kind: 'some', ids: new Set() }),
        })
      }
      className="group relative min-h-0 flex-1 overflow-auto overscroll-contain outline-none [contain:strict]"
    >
      <div style={{ minWidth: layout === 'columns' ? leastWidth : undefined }}>
        {layout === 'columns' && (
          <ListHead source={source} face={face} state={state} template={template} onSort={onSort} />
        )}
        <div role="rowgroup" className="relative" style={{ height: lines.count * lineHeight }}>
          {items.map((item) => {
            if (item.index >= lines.count) return null;
            const line = lines.at(item.index);
            return (
              <div
                key={item.key}
                role="presentation"
                className="absolute inset-x-0 top-0"
                style={{ height: lineHeight, transform: `translateY(${item.start - headHeight}px)` }}
              >
                {line.kind === 'head' && (
                  <GroupHead count={format.count(line.count)}>
                    {sayCell(look, format, state.group ?? '', line.value) || t('lists.nothingSaid')}
                  </GroupHead>
                )}
                {line.kind === 'rows' && layout !== 'cards' && drawRow(line.from)}
                {line.kind === 'rows' && layout === 'cards' && (
                  <div
                    className="grid h-full gap-3 px-4 py-1.5"
                    style={{ gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))` }}
                  >
                    {Array.from({ length: line.to - line.from }, (_, offset) => drawRow(line.from + offset))}
                  </div>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function GroupHead({ count, children }: { readonly count: string; readonly children: ReactNode }) {
  return (
    <div role="row" className="flex h-full items-end gap-2 border-b border-border bg-surface px-4 pb-1.5">
      <span role="gridcell" className="text-[16px] font-semibold tablet:text-[13px]">
        {children}
      </span>
      <span className="text-[14px] text-muted-foreground tablet:text-[12px]">{count}</span>
    </div>
  );
}

function trackOf(source: ListSource, face: ListFace, column: string): string {
  const width = face.widthOf(column);
  return source.columns[column]?.type === 'text' ? `minmax(${width}px, ${width}fr)` : `${width}px`;
}

/** The first row below a head. */
function nextRowOf(lines: ReturnType<typeof layOutLines>, line: number): number {
  const next = line + 1 < lines.count ? lines.at(line + 1) : null;
  return next?.kind === 'rows' ? next.from : 0;
}
