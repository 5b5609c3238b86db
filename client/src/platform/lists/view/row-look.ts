import type { TFunction } from 'i18next';
import type { Format } from '#i18n/format.ts';
import type { ListFace } from '#platform/lists/list-face.ts';
import type { ListSource } from '#platform/lists/list-source.ts';
import { classNames } from '#ui/class-names.ts';

/** What all rows of a list have in common, made once for all of them. */
export type RowLook = {
  readonly source: ListSource;
  readonly face: ListFace;
  readonly format: Format;
  readonly columns: readonly ColumnLook[];
  readonly tracks: { readonly gridTemplateColumns: string };
  readonly isSelecting: boolean;
  readonly sayMark: (name: string) => string;
  readonly sayEdit: (name: string) => string;
};

type ColumnLook = { readonly name: string; readonly className: string; readonly isEditable: boolean };

export function rowLookOf(
  of: Pick<RowLook, 'source' | 'face' | 'format' | 'isSelecting'> & { readonly t: TFunction },
  columns: readonly string[],
): RowLook {
  const { source, face, t, ...others } = of;
  return {
    ...others,
    source,
    face,
    columns: columns.map((name) => ({
      name,
      // Not `truncate`, which makes a scroll container of each cell.
      className: classNames(
        'overflow-clip text-ellipsis whitespace-nowrap',
        source.columns[name]?.type === 'number' && 'text-end tabular-nums',
      ),
      isEditable: face.edit?.columns.includes(name) === true,
    })),
    tracks: {
      gridTemplateColumns: ['1.75rem', ...columns.map((name) => trackOf(source, face, name))].join(' '),
    },
    sayMark: sayingName((name) => t('lists.selectRow', { name })),
    sayEdit: sayingName((name) => t('lists.edit', { name })),
  };
}

function trackOf(source: ListSource, face: ListFace, column: string): string {
  const width = face.widthOf(column);
  return source.columns[column]?.type === 'text' ? `minmax(${width}px, ${width}fr)` : `${width}px`;
}

/** A text around a name, looked up once: for each row it would be half of what drawing it takes. */
function sayingName(say: (name: string) => string): (name: string) => string {
  const NAME = '\u0001';
  const [before = '', after = ''] = say(NAME).split(NAME);
  return (name) => `${before}${name}${after}`;
}
