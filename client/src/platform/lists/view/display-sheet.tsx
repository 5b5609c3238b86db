import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ListFace } from '#platform/lists/list-face.ts';
import type { ListSource } from '#platform/lists/list-source.ts';
import type { ListState } from '#platform/lists/list-state.ts';
import { Button } from '#ui/button.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { SelectField } from '#ui/select-field.tsx';
import { Sheet } from '#ui/sheet.tsx';

/** How the rows are shown: as what, grouped and sorted by what, with which columns. It shows at once. */
export function DisplaySheet({
  source,
  face,
  state,
  first,
  onState,
  onClose,
}: {
  readonly source: ListSource;
  readonly face: ListFace;
  readonly state: ListState;
  readonly first: ListState;
  readonly onState: (next: ListState) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const all = Object.keys(source.columns);
  const hidden = all.filter((column) => !state.columns.includes(column));
  const [sort] = state.sort;
  const move = (index: number, by: 1 | -1) => {
    const columns = [...state.columns];
    const [moved] = columns.splice(index, 1);
    if (moved !== undefined) columns.splice(index + by, 0, moved);
    onState({ ...state, columns });
  };
  const toggle = (column: string, isWanted: boolean) => {
    const columns = isWanted ? [...state.columns, column] : state.columns.filter((one) => one !== column);
    if (columns.length > 0) onState({ ...state, columns });
  };
  return (
    <Sheet title={t('lists.display')} isOpen onClose={onClose} closeLabel={t('common.close')}>
      <div className="flex flex-col gap-4">
        {face.drawCard !== undefined && (
          <Segmented
            legend={t('lists.layout')}
            choices={(['rows', 'cards'] as const).map((value) => ({ value, label: t(`lists.${value}`) }))}
            value={state.layout}
            onChange={(layout) => onState({ ...state, layout })}
          />
        )}
        <SelectField
          label={t('lists.groupBy')}
          value={state.group ?? ''}
          onChange={(event) =>
            onState({ ...state, group: event.target.value === '' ? null : event.target.value })
          }
        >
          <option value="">{t('lists.noGroup')}</option>
          {all
            .filter((column) => source.columns[column]?.isGroupable === true)
            .map((column) => (
              <option key={column} value={column}>
                {face.labelOf(column)}
              </option>
            ))}
        </SelectField>
        <div className="grid grid-cols-2 items-end gap-3">
          <SelectField
            label={t('lists.sortBy')}
            value={sort?.column ?? ''}
            onChange={(event) =>
              onState({
                ...state,
                sort: [{ column: event.target.value, isDescending: sort?.isDescending ?? false }],
              })
            }
          >
            {all.map((column) => (
              <option key={column} value={column}>
                {face.labelOf(column)}
              </option>
            ))}
          </SelectField>
          <Button
            kind="outline"
            className="tablet:min-h-9"
            icon={
              sort?.isDescending === true ? (
                <ArrowDown className="icon" aria-hidden="true" />
              ) : (
                <ArrowUp className="icon" aria-hidden="true" />
              )
            }
            disabled={sort === undefined}
            onClick={() =>
              sort !== undefined &&
              onState({
                ...state,
                sort: [{ ...sort, isDescending: !sort.isDescending }, ...state.sort.slice(1)],
              })
            }
          >
            {t(sort?.isDescending === true ? 'lists.descending' : 'lists.ascending')}
          </Button>
        </div>
      </div>
      <div className="-mx-4 mt-2">
        <SectionHeading>{t('lists.columns')}</SectionHeading>
      </div>
      <ul>
        {[...state.columns, ...hidden].map((column, index) => {
          const isShown = index < state.columns.length;
          const label = face.labelOf(column);
          return (
            <li
              key={column}
              className="flex min-h-12 items-center gap-1 border-b border-rule last:border-b-0 tablet:min-h-9"
            >
              <label className="flex min-h-12 min-w-0 flex-1 items-center gap-3 tablet:min-h-9">
                <input
                  type="checkbox"
                  className="size-6 accent-primary tablet:size-4"
                  checked={isShown}
                  onChange={(event) => toggle(column, event.target.checked)}
                />
                <span className="truncate">{label}</span>
              </label>
              {isShown && (
                <>
                  <IconButton
                    label={t('lists.moveUp', { column: label })}
                    disabled={index === 0}
                    className="disabled:opacity-30"
                    onClick={() => move(index, -1)}
                  >
                    <ArrowUp className="icon" aria-hidden="true" />
                  </IconButton>
                  <IconButton
                    label={t('lists.moveDown', { column: label })}
                    disabled={index === state.columns.length - 1}
                    className="disabled:opacity-30"
                    onClick={() => move(index, 1)}
                  >
                    <ArrowDown className="icon" aria-hidden="true" />
                  </IconButton>
                </>
              )}
            </li>
          );
        })}
      </ul>
      <div className="mt-3">
        <Button kind="quiet" onClick={() => onState({ ...first, text: state.text, filters: state.filters })}>
          {t('lists.reset')}
        </Button>
      </div>
    </Sheet>
  );
}
