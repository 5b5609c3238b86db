import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { ListFace } from '#platform/lists/list-face.ts';
import type { ListFilter, ListState } from '#platform/lists/list-state.ts';

/** What the list is filtered by; a touch changes it, the cross takes it off. */
export function FilterChips({
  face,
  filters,
  onEdit,
  onRemove,
}: {
  readonly face: ListFace;
  readonly filters: ListState['filters'];
  readonly onEdit: (column: string) => void;
  readonly onRemove: (column: string) => void;
}) {
  const { t } = useTranslation();
  const say = useFilterWords(face);
  return Object.entries(filters).map(([column, filter]) => (
    <span
      key={column}
      className="flex h-12 flex-none items-center rounded-control border border-primary/50 tablet:h-7"
    >
      <button
        type="button"
        onClick={() => onEdit(column)}
        className="h-full max-w-64 truncate pe-1 ps-2.5 hover:text-primary-text"
      >
        <span className="text-muted-foreground">{face.labelOf(column)}</span> {say(column, filter)}
      </button>
      <button
        type="button"
        aria-label={t('lists.removeFilter', { column: face.labelOf(column) })}
        onClick={() => onRemove(column)}
        className="grid h-full w-10 place-items-center text-muted-foreground hover:text-foreground tablet:w-6"
      >
        <X className="size-3.5" aria-hidden="true" />
      </button>
    </span>
  ));
}

function useFilterWords(face: ListFace) {
  const { t } = useTranslation();
  const format = useFormat();
  return (column: string, filter: ListFilter): string => {
    if ('any' in filter) {
      const [first = '', ...more] = filter.any;
      if (more.length > 1) return t('lists.anyOf', { shown: format.count(filter.any.length) });
      return [first, ...more]
        .map((word) => (word === '' ? t('lists.nothingSaid') : face.wordOf(column, word)))
        .join(', ');
    }
    if ('has' in filter) return `“${filter.has}”`;
    const [from, to] = 'from' in filter ? [filter.from, filter.to] : [filter.since, filter.until];
    const say = (bound: string | number | null) =>
      typeof bound === 'number' ? format.count(bound) : (bound ?? '');
    return `${say(from)} – ${say(to)}`.trim();
  };
}
