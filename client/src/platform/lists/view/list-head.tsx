import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListFace } from '#platform/lists/list-face.ts';
import type { ListSource } from '#platform/lists/list-source.ts';
import type { ListState } from '#platform/lists/list-state.ts';
import { classNames } from '#ui/class-names.ts';

/** What the columns are called; pressing one sorts by it. */
export const ListHead = memo(function ListHead({
  source,
  face,
  state,
  tracks,
  onSort,
}: {
  readonly source: ListSource;
  readonly face: ListFace;
  readonly state: ListState;
  readonly tracks: { readonly gridTemplateColumns: string };
  readonly onSort: (column: string, isAdded: boolean) => void;
}) {
  const { t } = useTranslation();
  return (
    <div
      role="row"
      className="sticky top-0 z-10 grid h-7 items-center gap-x-3 border-b border-border bg-surface pe-4 ps-2 text-[12px]"
      style={tracks}
    >
      <span role="presentation" />
      {state.columns.map((column) => {
        const sort = state.sort.find((one) => one.column === column);
        const Arrow = sort?.isDescending === true ? ArrowDown : ArrowUp;
        const label = face.labelOf(column);
        return (
          <div
            key={column}
            role="columnheader"
            aria-sort={sort === undefined ? 'none' : sort.isDescending ? 'descending' : 'ascending'}
            className={classNames('flex min-w-0', source.columns[column]?.type === 'number' && 'justify-end')}
          >
            <button
              type="button"
              title={t('lists.sortHint', { column: label })}
              onClick={(event) => onSort(column, event.shiftKey)}
              className={classNames(
                'flex min-w-0 items-center gap-1 rounded-control font-medium hover:text-foreground',
                sort === undefined ? 'text-muted-foreground' : 'text-foreground',
              )}
            >
              <span className="truncate">{label}</span>
              {sort !== undefined && <Arrow className="size-3" aria-hidden="true" />}
            </button>
          </div>
        );
      })}
    </div>
  );
});
