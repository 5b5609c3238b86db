import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Format } from '#i18n/format.ts';
import type { ListFace } from '#platform/lists/list-face.ts';
import type { ListRow, ListSource } from '#platform/lists/list-source.ts';
import { sayCell } from '#platform/lists/say-cell.ts';
import { classNames } from '#ui/class-names.ts';
import { CellInput } from './cell-input.tsx';
import { RowMark } from './row-mark.tsx';

/** What rows do; one object for all of them, so that they rest while it stays. */
export type RowActs = {
  readonly toggle: (index: number, isExtending: boolean) => void;
  readonly press: (index: number, how: { readonly isExtending: boolean; readonly isAdding: boolean }) => void;
  readonly edit: (index: number, column: string | null) => void;
  readonly leaveCell: (index: number, column: string, next: 'stay' | 'next' | 'previous') => void;
};

export type RowLook = {
  readonly source: ListSource;
  readonly face: ListFace;
  readonly format: Format;
  readonly columns: readonly string[];
  readonly template: string;
  readonly isSelecting: boolean;
};

type Props = {
  readonly look: RowLook;
  readonly acts: RowActs;
  /** Undefined while it is read. */
  readonly row: ListRow | undefined;
  readonly index: number;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly editedColumn: string | null;
};

/** A row of columns. */
export const ListRowView = memo(function ListRowView(props: Props) {
  const { look, acts, row, index, isSelected, isActive, editedColumn } = props;
  const { t } = useTranslation();
  if (row === undefined) return <WaitingRow index={index} />;
  const { source, face, format, columns, template } = look;
  const firstEditable = columns.find((column) => face.edit?.columns.includes(column) === true);
  return (
    <RowFrame
      {...props}
      className="grid h-full items-center gap-x-3 pe-4 ps-2"
      style={{ gridTemplateColumns: template }}
    >
      <RowMark
        label={t('lists.selectRow', { name: face.nameOf(row) })}
        isChecked={isSelected}
        isActive={isActive}
        onToggle={(isExtending) => acts.toggle(index, isExtending)}
      />
      {columns.map((column) => {
        const isEditable = face.edit?.columns.includes(column) === true;
        const text = sayCell(look, format, column, row[column] ?? null);
        const drawn = face.drawCell?.(column, row) ?? text;
        const isNumber = source.columns[column]?.type === 'number';
        if (isEditable && editedColumn === column && face.edit !== undefined) {
          return (
            <div key={column} role="gridcell" className="min-w-0">
              <CellInput
                table={face.edit.table}
                field={column}
                rowId={row.id}
                label={face.labelOf(column)}
                shown={String(row[column] ?? '')}
                wordOf={(word) => face.wordOf(column, word)}
                onDone={(next) => acts.leaveCell(index, column, next)}
              />
            </div>
          );
        }
        return (
          <div
            key={column}
            role="gridcell"
            className={classNames('truncate', isNumber && 'text-end tabular-nums')}
            onDoubleClick={isEditable ? () => acts.edit(index, column) : undefined}
          >
            {drawn}
          </div>
        );
      })}
      {isActive && firstEditable !== undefined && (
        <button
          type="button"
          tabIndex={-1}
          aria-keyshortcuts="e"
          aria-label={t('lists.edit', { name: face.nameOf(row) })}
          className="pointer-events-none absolute size-px opacity-0"
          onClick={(event) => {
            event.stopPropagation();
            acts.edit(index, firstEditable);
          }}
        />
      )}
    </RowFrame>
  );
});

/** A row of a phone: two lines. */
export const NarrowRowView = memo(function NarrowRowView(props: Props) {
  const { look, acts, row, index, isSelected, isActive } = props;
  const { t } = useTranslation();
  if (row === undefined) return <WaitingRow index={index} />;
  const { title, end, below } = look.face.drawLines(row);
  return (
    <RowFrame {...props} className="flex h-full items-center gap-3 px-4">
      {look.isSelecting && (
        <RowMark
          label={t('lists.selectRow', { name: look.face.nameOf(row) })}
          isChecked={isSelected}
          isActive={isActive}
          onToggle={(isExtending) => acts.toggle(index, isExtending)}
        />
      )}
      <div role="gridcell" className="min-w-0 flex-1">
        <div className="flex items-center gap-3">
          <span className="min-w-0 flex-1 truncate text-[16px] font-medium">{title}</span>
          {end !== undefined && <span className="flex-none">{end}</span>}
        </div>
        <div className="truncate text-[14px] text-muted-foreground">{below}</div>
      </div>
    </RowFrame>
  );
});

/** A row as a card with a picture. */
export const CardView = memo(function CardView(props: Props) {
  const { look, acts, row, index, isSelected, isActive } = props;
  const { t } = useTranslation();
  if (row === undefined) return <WaitingRow index={index} />;
  return (
    <RowFrame
      {...props}
      className="flex h-full flex-col overflow-hidden rounded-panel border border-border bg-card"
    >
      <div className="absolute top-1 start-1 z-10 rounded-control bg-background/80">
        <RowMark
          label={t('lists.selectRow', { name: look.face.nameOf(row) })}
          isChecked={isSelected}
          isActive={isActive}
          onToggle={(isExtending) => acts.toggle(index, isExtending)}
        />
      </div>
      <div role="gridcell" className="flex min-h-0 flex-1 flex-col">
        {look.face.drawCard?.(row)}
      </div>
    </RowFrame>
  );
});

export function rowDomId(index: number): string {
  return `list-row-${index}`;
}

function RowFrame({
  acts,
  index,
  isSelected,
  isActive,
  className,
  style,
  children,
}: Props & {
  readonly className: string;
  readonly style?: { gridTemplateColumns: string };
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the focus and answers the keys.
    <div
      role="row"
      id={rowDomId(index)}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      style={style}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('a, button, input, select') !== null)
          return;
        acts.press(index, {
          isExtending: event.shiftKey,
          isAdding: event.ctrlKey || event.metaKey,
        });
      }}
      className={classNames(
        'relative cursor-default border-b border-rule',
        isSelected ? 'bg-selected' : 'hover:bg-hover',
        isActive &&
          'group-focus-visible:outline-2 group-focus-visible:-outline-offset-2 group-focus-visible:outline-ring',
        isActive && 'shadow-[inset_2px_0_0_var(--primary)]',
        className,
      )}
    >
      {children}
    </div>
  );
}

/** Its place is known before it is: it is read within a moment, so nothing is drawn that would flicker. */
function WaitingRow({ index }: { readonly index: number }) {
  return (
    <div
      role="row"
      id={rowDomId(index)}
      aria-rowindex={index + 2}
      aria-busy
      className="h-full border-b border-rule"
    />
  );
}
