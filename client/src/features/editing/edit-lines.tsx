import type { FieldValue } from '@eventkit/shared/edits/editable-tables.ts';
import { fieldOfRow } from '@eventkit/shared/edits/row-fields.ts';
import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { ListPlus, RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { DELETED_LINES, type DeletedLine } from '#platform/edits/edit-queries.ts';
import { creationOf, deletionOf, editOf, restorationOf } from '#platform/edits/intent-of-edit.ts';
import { useFieldWords } from '#platform/edits/view/use-field-words.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { AddLine } from './add-line.tsx';
import {
  type FoundProduct,
  LINES_TO_EDIT,
  LISTS_OF_EVENT,
  type LineToEdit,
  type ListOfEvent,
} from './line-queries.ts';
import { LineRow } from './line-row.tsx';
import { keyAt, keyAtEnd } from './move-line.ts';
import { useDragOrder } from './use-drag-order.ts';
import type { Editor } from './use-editor.ts';

const TABLE = 'pull_list_lines' as const;

/** The pull list as its planner changes it, with or without signal: how many, which, in what order. */
export function EditLines({ eventId, editor }: { readonly eventId: EventId; readonly editor: Editor }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { newId } = usePlatform();
  const { sayField, sayChange } = useFieldWords();
  const lines = useLiveQuery<LineToEdit>(LINES_TO_EDIT, [eventId]);
  const [list] = useLiveQuery<ListOfEvent>(LISTS_OF_EVENT, [eventId]).rows;
  const deleted = useLiveQuery<DeletedLine>(DELETED_LINES, [eventId]).rows;
  const lineById = new Map(lines.rows.map((line) => [line.id, line]));
  const ids = lines.rows.map(({ id }) => id);

  const change = (line: LineToEdit, field: string, value: FieldValue) => {
    const said = sayChange(field, fieldOfRow(TABLE, line, field), value);
    const words =
      field === 'order_key'
        ? t('editing.undoMove', { name: line.productName ?? '?' })
        : `${line.productName ?? '?'}, ${sayField(field)}: ${said.from} → ${said.to}`;
    void editor.save(editOf(TABLE, line, field, value), words);
  };
  const { drag, rowRef, handleProps } = useDragOrder(ids, (id, index) => {
    const line = lineById.get(id);
    const key = keyAt(lines.rows, id, index);
    if (line !== undefined && key !== null) change(line, 'order_key', key);
  });
  const add = ({ id, name }: FoundProduct, quantity: number) => {
    if (list === undefined) return;
    const values = {
      pull_list_id: list.id,
      product_id: id,
      quantity,
      note: '',
      order_key: keyAtEnd(lines.rows),
    };
    void editor.save(
      creationOf(TABLE, newId(), values),
      t('editing.undoAdd', { name, shown: format.count(quantity) }),
    );
  };
  const dragTarget = drag === null ? null : ids.filter((id) => id !== drag.id)[drag.index];

  return (
    <section>
      <SectionHeading
        note={t('planning.lineCount', { count: ids.length, shown: format.count(ids.length) })}
        end={t('editing.savedAtOnce')}
      >
        {t('planning.pullList')}
      </SectionHeading>
      {list === undefined ? null : <AddLine onAdd={add} />}
      {lines.status === 'ready' && ids.length === 0 && (
        <EmptyState icon={<ListPlus />} title={t('planning.noLinesTitle')}>
          {t('editing.emptyText')}
        </EmptyState>
      )}
      <ul className={ids.length > 0 ? 'border-t border-rule' : ''}>
        {lines.rows.map((line) => (
          <LineRow
            key={line.id}
            ref={rowRef(line.id)}
            line={line}
            isDragged={drag?.id === line.id}
            isTarget={dragTarget === line.id}
            handleProps={handleProps(line.id)}
            onChange={(field, value) => change(line, field, value)}
            onDelete={() =>
              void editor.save(
                deletionOf(TABLE, line),
                t('editing.undoDelete', { name: line.productName ?? '?' }),
              )
            }
          />
        ))}
      </ul>
      {deleted.length > 0 && (
        <>
          <SectionHeading note={t('editing.deletedNote')}>{t('editing.deleted')}</SectionHeading>
          <ul>
            {deleted.map((gone) => (
              <li
                key={gone.rowId}
                className="flex min-h-12 items-center gap-2 border-b border-rule px-4 py-1 text-muted-foreground"
              >
                <span className="w-10 flex-none text-end">{format.count(gone.quantity)}</span>
                <span className="min-w-0 flex-1 truncate line-through">{gone.title}</span>
                <Button
                  kind="quiet"
                  icon={<RotateCcw className="icon" aria-hidden="true" />}
                  onClick={() =>
                    void editor.save(
                      restorationOf(TABLE, gone.rowId),
                      t('editing.undoRestore', { name: gone.title ?? '?' }),
                    )
                  }
                >
                  {t('editing.restore')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
