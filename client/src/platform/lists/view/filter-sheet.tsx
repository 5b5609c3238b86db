import { Check, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { filterOf } from '#platform/lists/list-address.ts';
import type { ListFace } from '#platform/lists/list-face.ts';
import type { ListSource } from '#platform/lists/list-source.ts';
import { choicesSql, type GroupRow } from '#platform/lists/list-sql.ts';
import type { ListFilter, ListState } from '#platform/lists/list-state.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { Button } from '#ui/button.tsx';
import { PickRow } from '#ui/pick-row.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';

type Props = {
  readonly source: ListSource;
  readonly face: ListFace;
  readonly state: ListState;
  readonly onFilter: (column: string, filter: ListFilter | null) => void;
};

/** Which column, then what of it. */
export function FilterSheet({
  column,
  onColumn,
  onClose,
  ...props
}: Props & {
  /** Null while it is still to be chosen. */
  readonly column: string | null;
  readonly onColumn: (column: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { source, face } = props;
  const title = column === null ? t('lists.filterBy') : t('lists.filterOf', { column: face.labelOf(column) });
  const definition = column === null ? undefined : source.columns[column];
  const isOfWords = definition?.type === 'word' || definition?.isGroupable === true;
  return (
    <Sheet title={title} isOpen onClose={onClose} closeLabel={t('common.close')}>
      {column === null && (
        <ul>
          {Object.keys(source.columns).map((name) => (
            <PickRow key={name} onPick={() => onColumn(name)}>
              <span className="min-w-0 flex-1 truncate">{face.labelOf(name)}</span>
              <ChevronRight className="icon text-muted-foreground" aria-hidden="true" />
            </PickRow>
          ))}
        </ul>
      )}
      {column !== null && isOfWords && <WordsFilter key={column} {...props} column={column} />}
      {column !== null && !isOfWords && (
        <BoundsFilter key={column} {...props} column={column} onClose={onClose} />
      )}
    </Sheet>
  );
}

/** Any of what there is, with how many rows have it. What is chosen counts at once. */
function WordsFilter({ source, face, state, column, onFilter }: Props & { readonly column: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sql, params } = choicesSql(source, state, column);
  const { rows } = useLiveQuery<GroupRow>(sql, params);
  const filter = state.filters[column];
  const chosen = filter !== undefined && 'any' in filter ? filter.any : [];
  const found = rows.map((row) => String(row.value ?? ''));
  const counts = new Map(rows.map((row) => [String(row.value ?? ''), row.count]));
  return (
    <ul>
      {[...found, ...chosen.filter((word) => !counts.has(word))].map((word) => {
        const isChosen = chosen.includes(word);
        const any = isChosen ? chosen.filter((one) => one !== word) : [...chosen, word];
        return (
          <li key={word} className="border-b border-rule last:border-b-0">
            <button
              type="button"
              role="checkbox"
              aria-checked={isChosen}
              onClick={() => onFilter(column, any.length === 0 ? null : { any })}
              className="flex min-h-14 w-full items-center gap-3 py-1.5 text-start hover:bg-hover tablet:min-h-9"
            >
              <span className="grid size-5 flex-none place-items-center rounded-chip border border-input">
                {isChosen && <Check className="size-4 text-primary-text" aria-hidden="true" />}
              </span>
              <span className="min-w-0 flex-1 truncate">
                {word === '' ? t('lists.nothingSaid') : face.wordOf(column, word)}
              </span>
              <span className="text-muted-foreground">{format.count(counts.get(word) ?? 0)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** A text that it contains, or from where to where. */
function BoundsFilter({
  source,
  state,
  column,
  onFilter,
  onClose,
}: Props & { readonly column: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const type = source.columns[column]?.type ?? 'text';
  const [draft, setDraft] = useState<Readonly<Record<string, unknown>>>({ ...state.filters[column] });
  const put = (name: string, value: unknown) => setDraft((before) => ({ ...before, [name]: value }));
  const shown = (name: string) => String(draft[name] ?? '');
  const numberOf = (text: string) => (text === '' ? null : Number(text));
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onFilter(column, filterOf(type, draft));
        onClose();
      }}
    >
      {type === 'text' && (
        <TextField
          label={t('lists.contains')}
          autoFocus
          value={shown('has')}
          onChange={(event) => put('has', event.target.value)}
        />
      )}
      {type === 'number' && (
        <div className="grid grid-cols-2 gap-3">
          {(['from', 'to'] as const).map((name) => (
            <TextField
              key={name}
              type="number"
              step="any"
              label={t(`lists.${name}`)}
              value={shown(name)}
              onChange={(event) => put(name, numberOf(event.target.value))}
            />
          ))}
        </div>
      )}
      {type === 'instant' && (
        <div className="grid grid-cols-2 gap-3">
          {(['since', 'until'] as const).map((name) => (
            <TextField
              key={name}
              type="date"
              label={t(`lists.${name}`)}
              value={shown(name)}
              onChange={(event) => put(name, event.target.value)}
            />
          ))}
        </div>
      )}
      <div className="flex gap-2">
        <Button kind="primary" type="submit">
          {t('lists.apply')}
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            onFilter(column, null);
            onClose();
          }}
        >
          {t('lists.clear')}
        </Button>
      </div>
    </form>
  );
}
