import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { ListReader, ListShown } from '#platform/lists/create-list-reader.ts';
import { type Place, placeNow } from '#platform/lists/id-sequence.ts';
import type { ListFace } from '#platform/lists/list-face.ts';
import { layOutLines } from '#platform/lists/list-lines.ts';
import { idsBetween, isSelected, type ListSelection, withSelected } from '#platform/lists/list-selection.ts';
import type { ListSource } from '#platform/lists/list-source.ts';
import type { ListState } from '#platform/lists/list-state.ts';
import { onRowKey } from '#platform/lists/on-row-key.ts';
import { onRowDoublePress, onRowPress, type RowPressActs } from '#platform/lists/on-row-press.ts';
import { sayCell } from '#platform/lists/say-cell.ts';
import { useReadRows } from '#platform/lists/use-list-reader.ts';
import { ListHead } from './list-head.tsx';
import { CardView, type CellLeave, ListRowView, NarrowRowView, rowDomId } from './list-row.tsx';
import { rowLookOf } from './row-look.ts';

/** Rows that are read ahead of what is seen, in each direction. */
const READ_AHEAD = 80;
/** Lines that are drawn ahead of it. */
const DRAWN_AHEAD = 2;
const HEAD_HEIGHT = 28;
const CARD_WIDTH = 220;

type Layout = 'columns' | 'narrow' | 'cards';

const lineHeights: Readonly<Record<Layout, number>> = { columns: 32, narrow: 64, cards: 252 };
const rowViews = { columns: ListRowView, narrow: NarrowRowView, cards: CardView };

type Edited = Place & { readonly column: string };

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
  const [size, setSize] = useState({ width: 0, height: 0, tallest: 0 });
  const [activePlace, setActivePlace] = useState<Place>({ index: 0, id: null });
  const [editedPlace, setEdited] = useState<Edited | null>(null);
  const anchor = useRef<Place | null>(null);
  const layout: Layout =
    state.layout === 'cards' && face.drawCard !== undefined ? 'cards' : isNarrow ? 'narrow' : 'columns';
  const across = layout === 'cards' ? Math.max(2, Math.floor(size.width / CARD_WIDTH)) : 1;
  const { ids, groups } = shown;
  const rowsById = useReadRows(reader);
  const lines = useMemo(() => layOutLines(ids.count, groups, across), [ids, groups, across]);
  const lineHeight = lineHeights[layout];
  const headHeight = layout === 'columns' ? HEAD_HEIGHT : 0;

  const found = useMemo(() => placeNow(ids, activePlace), [ids, activePlace]);
  const active = found === -1 ? activePlace.index : found;
  const edited = useMemo(() => {
    const index = editedPlace === null ? -1 : placeNow(ids, editedPlace);
    return editedPlace === null || index === -1 ? null : { ...editedPlace, index };
  }, [ids, editedPlace]);
  const editedLine = edited === null ? null : lines.lineOf(edited.index);
  const asked = JSON.stringify([state.text, state.filters, state.sort, state.group]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: in another order the focus stays where somebody looks.
  useEffect(() => setActivePlace(({ index }) => ({ index, id: null })), [asked]);

  const virtualizer = useVirtualizer({
    count: lines.count,
    getScrollElement: () => grid.current,
    estimateSize: () => lineHeight,
    overscan: DRAWN_AHEAD,
    scrollMargin: headHeight,
    // React paints in its own time: a frame that comes late is better than a finger that waits.
    useFlushSync: false,
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const drawn = defaultRangeExtractor(range);
        // What somebody writes stays while they scroll.
        return editedLine === null || drawn.includes(editedLine) ? drawn : [...drawn, editedLine];
      },
      [editedLine],
    ),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it measured was of other lines.
  useEffect(() => virtualizer.measure(), [virtualizer, lineHeight]);

  useEffect(() => {
    const element = grid.current;
    if (element === null) return undefined;
    const watcher = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      setSize(({ tallest }) => ({ width, height, tallest: Math.max(tallest, height) }));
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);

  const items = virtualizer.getVirtualItems();
  const firstLine = virtualizer.range?.startIndex ?? 0;
  const lastLine = virtualizer.range?.endIndex ?? -1;
  const editedId = edited?.id ?? null;
  useEffect(() => {
    if (lastLine < firstLine || lastLine >= lines.count) return;
    const first = lines.at(firstLine);
    const last = lines.at(lastLine);
    const from = first.kind === 'rows' ? first.from : nextRowOf(lines, firstLine);
    const to = last.kind === 'rows' ? last.to : nextRowOf(lines, lastLine);
    const near = idsBetween(ids, Math.max(0, from - READ_AHEAD), Math.min(ids.count, to + READ_AHEAD) - 1);
    reader.want(editedId === null ? near : [...near, editedId], layout === 'cards');
  }, [reader, ids, lines, layout, firstLine, lastLine, editedId]);

  const move = (to: number) => {
    if (ids.count === 0) return;
    const next = Math.min(Math.max(to, 0), ids.count - 1);
    setActivePlace(placeAt(next));
    showLine(lines.lineOf(next));
  };
  /** All lines are alike: the virtualizer would ask the browser where they are, in the midst of a key. */
  const showLine = (line: number) => {
    const element = grid.current;
    if (element === null) return;
    const top = line * lineHeight;
    const least = top + lineHeight + headHeight - size.height;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (least > element.scrollTop) element.scrollTop = least;
  };
  const placeAt = (index: number): Place => ({ index, id: ids.at(index) ?? null });
  const focus = () => grid.current?.focus({ preventScroll: true });
  const select = (index: number, isExtending: boolean) => {
    const id = ids.at(index);
    if (id === undefined) return;
    const start = isExtending && anchor.current !== null ? placeNow(ids, anchor.current) : -1;
    const some = start === -1 ? [id] : idsBetween(ids, start, index);
    onSelection(withSelected(selection, some, isExtending || !isSelected(selection, id)));
    anchor.current = placeAt(index);
    setActivePlace(placeAt(index));
    focus();
  };
  const presses: RowPressActs = {
    onMark: select,
    onPress(index, { isExtending, isAdding }) {
      const id = ids.at(index);
      if (isExtending || isAdding || isSelecting) select(index, isExtending);
      else if (id !== undefined) onOpen(id);
    },
    onEdit(index, column) {
      const first = column ?? editableOf(state.columns, face)[0];
      if (first !== undefined) setEdited({ ...placeAt(index), column: first });
    },
  };

  const latest = useRef({ columns: state.columns, face, focus, onSort });
  latest.current = { columns: state.columns, face, focus, onSort };
  const leaveCell = useCallback((column: string, next: CellLeave) => {
    const { columns, face, focus } = latest.current;
    const editable = editableOf(columns, face);
    const beside = editable[editable.indexOf(column) + (next === 'next' ? 1 : -1)];
    if (next !== 'stay' && beside !== undefined) {
      setEdited((before) => before && { ...before, column: beside });
      return;
    }
    setEdited(null);
    focus();
  }, []);
  const sort = useCallback((column: string, isAdded: boolean) => latest.current.onSort(column, isAdded), []);

  const look = useMemo(
    () => rowLookOf({ source, face, format, isSelecting, t }, state.columns),
    [source, face, format, isSelecting, t, state.columns],
  );
  const leastWidth = 28 + state.columns.reduce((sum, column) => sum + face.widthOf(column) + 12, 24);
  const RowView = rowViews[layout];
  const drawRow = (index: number, key: string | number): ReactNode => {
    const id = ids.at(index);
    return (
      <RowView
        key={key}
        look={look}
        row={id === undefined ? undefined : rowsById.get(id)}
        index={index}
        isSelected={id !== undefined && isSelected(selection, id)}
        isActive={index === active}
        editedColumn={edited?.index === index ? edited.column : null}
        onLeaveCell={leaveCell}
      />
    );
  };

  /* A line that comes into sight takes over the elements of one that left it: as many as ever fit at once, in turn. */
  const slots = Math.max(items.length, Math.ceil(size.tallest / lineHeight) + 2 * DRAWN_AHEAD + 2);
  const slotOf = (line: number) => (line === editedLine ? slots : line % slots);
  const drawn = items
    .filter(({ index }) => index < lines.count)
    .toSorted((a, b) => slotOf(a.index) - slotOf(b.index));

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
      // A press on a mark leaves the focus where it is.
      onPointerDown={(event) => {
        if (event.target instanceof Element && event.target.closest('[data-row-mark]') !== null)
          event.preventDefault();
      }}
      onClick={(event) => onRowPress(event, presses)}
      onDoubleClick={(event) => onRowDoublePress(event, presses)}
      onKeyDown={(event) =>
        onRowKey(event, {
          pageRows: Math.max(1, Math.floor(size.height / lineHeight) - 1) * across,
          onMove(by, isExtending) {
            const to = Math.min(
              Math.max(active + by * (layout === 'cards' && Math.abs(by) === 1 ? across : 1), 0),
              ids.count - 1,
            );
            if (isExtending) {
              anchor.current ??= placeAt(active);
              onSelection(withSelected(selection, idsBetween(ids, active, to), true));
            } else anchor.current = placeAt(to);
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
          <ListHead source={source} face={face} state={state} tracks={look.tracks} onSort={sort} />
        )}
        <div
          role="rowgroup"
          // Read aloud in the order of the list, in which its elements do not stand.
          aria-owns={items.map(({ index }) => lineDomId(index)).join(' ')}
          className="relative"
          style={{ height: lines.count * lineHeight }}
        >
          {drawn.map(({ index, start }) => {
            const line = lines.at(index);
            return (
              <div
                key={slotOf(index)}
                id={lineDomId(index)}
                role="presentation"
                className="absolute inset-x-0 top-0 [contain:strict]"
                style={{ height: lineHeight, transform: `translateY(${start - headHeight}px)` }}
              >
                {line.kind === 'head' && (
                  <GroupHead count={format.count(line.count)}>
                    {sayCell(look, format, state.group ?? '', line.value) || t('lists.nothingSaid')}
                  </GroupHead>
                )}
                {line.kind === 'rows' && layout !== 'cards' && drawRow(line.from, 'row')}
                {line.kind === 'rows' && layout === 'cards' && (
                  <div
                    className="grid h-full gap-3 px-4 py-1.5"
                    style={{ gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))` }}
                  >
                    {Array.from({ length: line.to - line.from }, (_, offset) =>
                      drawRow(line.from + offset, offset),
                    )}
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

function lineDomId(line: number): string {
  return `list-line-${line}`;
}

function editableOf(columns: readonly string[], face: ListFace): readonly string[] {
  return columns.filter((column) => face.edit?.columns.includes(column) === true);
}

/** The first row below a head. */
function nextRowOf(lines: ReturnType<typeof layOutLines>, line: number): number {
  const next = line + 1 < lines.count ? lines.at(line + 1) : null;
  return next?.kind === 'rows' ? next.from : 0;
}
