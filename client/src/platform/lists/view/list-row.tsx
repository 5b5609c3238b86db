import { memo, type ReactNode, useRef } from 'react';
import type { ListRow } from '#platform/lists/list-source.ts';
import { sayCell } from '#platform/lists/say-cell.ts';
import { classNames } from '#ui/class-names.ts';
import { CellInput } from './cell-input.tsx';
import type { RowLook } from './row-look.ts';
import { RowMark } from './row-mark.tsx';

/** Where the edit goes after a cell. */
export type CellLeave = 'stay' | 'next' | 'previous';

type Props = {
  readonly look: RowLook;
  /** Undefined while it is read. */
  readonly row: ListRow | undefined;
  readonly index: number;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly editedColumn: string | null;
  readonly onLeaveCell: (column: string, next: CellLeave) => void;
};

type PartProps = Omit<Props, 'row' | 'index'> & { readonly row: ListRow };

/** A row of columns. */
export const ListRowView = memo(function ListRowView(props: Props) {
  return (
    <RowFrame
      {...props}
      className="grid h-full items-center gap-x-3 pe-4 ps-2"
      style={props.look.tracks}
      Part={Cells}
    />
  );
});

const Cells = memo(function Cells({ look, row, isSelected, isActive, editedColumn, onLeaveCell }: PartProps) {
  const { face, format, columns } = look;
  const { edit } = face;
  return (
    <>
      <RowMark label={look.sayMark(face.nameOf(row))} isChecked={isSelected} isActive={isActive} />
      {columns.map(({ name, className, isEditable }) =>
        edit !== undefined && isEditable && editedColumn === name ? (
          <div key={name} role="gridcell" className="min-w-0">
            <CellInput
              key={row.id}
              table={edit.table}
              field={name}
              rowId={row.id}
              label={face.labelOf(name)}
              shown={String(row[name] ?? '')}
              wordOf={(word) => face.wordOf(name, word)}
              onDone={(next) => onLeaveCell(name, next)}
            />
          </div>
        ) : (
          <div key={name} role="gridcell" data-column={isEditable ? name : undefined} className={className}>
            {face.drawCell?.(name, row) ?? sayCell(look, format, name, row[name] ?? null)}
          </div>
        ),
      )}
      {isActive && columns.some(({ isEditable }) => isEditable) && (
        <button
          type="button"
          tabIndex={-1}
          aria-keyshortcuts="e"
          aria-label={look.sayEdit(face.nameOf(row))}
          data-row-edit
          className="pointer-events-none absolute size-px opacity-0"
        />
      )}
    </>
  );
});

/** A row of a phone: two lines. */
export const NarrowRowView = memo(function NarrowRowView(props: Props) {
  return <RowFrame {...props} className="flex h-full items-center gap-3 px-4" Part={TwoLines} />;
});

const TwoLines = memo(function TwoLines({ look, row, isSelected, isActive }: PartProps) {
  const { title, end, below } = look.face.drawLines(row);
  return (
    <>
      {look.isSelecting && (
        <RowMark label={look.sayMark(look.face.nameOf(row))} isChecked={isSelected} isActive={isActive} />
      )}
      <div role="gridcell" className="min-w-0 flex-1">
        <div className="flex items-center gap-3">
          <span className="min-w-0 flex-1 truncate text-[16px] font-medium">{title}</span>
          {end !== undefined && <span className="flex-none">{end}</span>}
        </div>
        <div className="truncate text-[14px] text-muted-foreground">{below}</div>
      </div>
    </>
  );
});

/** A row as a card with a picture. */
export const CardView = memo(function CardView(props: Props) {
  return (
    <RowFrame
      {...props}
      className="flex h-full flex-col overflow-hidden rounded-panel border border-border bg-card"
      Part={Card}
    />
  );
});

const Card = memo(function Card({ look, row, isSelected, isActive }: PartProps) {
  return (
    <>
      <div className="absolute top-1 start-1 z-10 rounded-control bg-background/80">
        <RowMark label={look.sayMark(look.face.nameOf(row))} isChecked={isSelected} isActive={isActive} />
      </div>
      <div role="gridcell" className="flex min-h-0 flex-1 flex-col">
        {look.face.drawCard?.(row)}
      </div>
    </>
  );
});

export function rowDomId(index: number): string {
  return `list-row-${index}`;
}

/**
 * What is around a row. While the row is read its place is known already: what stood there before stays, out of sight, and
 * then says something else, as that is half the work of elements made anew. (Hidden, each of them would be styled again.)
 */
function RowFrame({
  row,
  index,
  className,
  style,
  Part,
  ...others
}: Props & {
  readonly className: string;
  readonly style?: RowLook['tracks'];
  readonly Part: (props: PartProps) => ReactNode;
}) {
  const { isSelected, isActive } = others;
  const last = useRef(row);
  if (row !== undefined) last.current = row;
  const drawn = last.current;
  return (
    <div
      role="row"
      id={rowDomId(index)}
      data-row={index}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-busy={row === undefined ? true : undefined}
      style={style}
      className={classNames(
        'relative cursor-default border-b border-rule',
        isSelected ? 'bg-selected' : 'hover:bg-hover',
        isActive &&
          'group-focus-visible:outline-2 group-focus-visible:-outline-offset-2 group-focus-visible:outline-ring',
        isActive && 'shadow-[inset_2px_0_0_var(--primary)]',
        row === undefined && '-translate-x-[200%]',
        className,
      )}
    >
      {drawn !== undefined && <Part {...others} row={drawn} />}
    </div>
  );
}
