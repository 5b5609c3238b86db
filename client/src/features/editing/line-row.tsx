import type { FieldValue } from '@eventkit/shared/edits/editable-tables.ts';
import { ok } from '@eventkit/shared/kernel/result.ts';
import { GripVertical, Minus, Plus, Trash2 } from 'lucide-react';
import type { ComponentProps, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '#ui/class-names.ts';
import { IconButton } from '#ui/icon-button.tsx';
import { FieldInput } from './field-input.tsx';
import type { LineToEdit } from './line-queries.ts';

/** One line: how many, a note, its place in the list, and away with it. */
export function LineRow({
  line,
  ref,
  isDragged,
  isTarget,
  handleProps,
  onChange,
  onDelete,
}: {
  readonly line: LineToEdit;
  readonly ref: Ref<HTMLLIElement>;
  readonly isDragged: boolean;
  /** The dragged line would go before this one. */
  readonly isTarget: boolean;
  readonly handleProps: ComponentProps<'button'>;
  readonly onChange: (field: string, value: FieldValue) => void;
  readonly onDelete: () => void;
}) {
  const { t } = useTranslation();
  const name = line.productName ?? '?';
  const quantity = line.quantity ?? 1;
  return (
    <li
      ref={ref}
      className={classNames(
        'grid grid-cols-[3rem_1fr_auto] items-center gap-x-1 border-b border-rule py-1 pe-1 tablet:grid-cols-[2.5rem_minmax(0,1fr)_14rem_auto_2.5rem]',
        isDragged && 'bg-selected opacity-70',
        isTarget && 'border-t-2 border-t-primary',
      )}
    >
      <IconButton
        {...handleProps}
        label={t('editing.move', { name })}
        aria-roledescription={t('editing.moveHint')}
        className="cursor-grab touch-none"
      >
        <GripVertical className="icon" aria-hidden="true" />
      </IconButton>
      <span className="min-w-0 leading-tight font-medium">{name}</span>
      <div className="tablet:order-last">
        <IconButton label={t('editing.delete', { name })} onClick={onDelete}>
          <Trash2 className="icon" aria-hidden="true" />
        </IconButton>
      </div>
      <FieldInput
        className="col-start-2 min-w-0 tablet:col-start-auto"
        table="pull_list_lines"
        field="note"
        label={t('editing.noteOf', { name })}
        isLabelHidden={true}
        placeholder={t('editing.field.note')}
        shown={line.note ?? ''}
        onSave={(value) => onChange('note', value)}
      />
      <div className="col-span-2 col-start-2 flex items-start justify-end pt-1 tablet:col-span-1 tablet:col-start-auto tablet:pt-0">
        <IconButton
          label={t('editing.less', { name })}
          disabled={quantity <= 1}
          onClick={() => onChange('quantity', quantity - 1)}
          className="disabled:opacity-40 tablet:size-9"
        >
          <Minus className="icon" aria-hidden="true" />
        </IconButton>
        <FieldInput
          className="w-20"
          table="pull_list_lines"
          field="quantity"
          label={t('editing.quantityOf', { name })}
          isLabelHidden={true}
          inputMode="numeric"
          shown={String(quantity)}
          read={(text) => ok({ value: Number(text.trim() || 'none'), shown: '' })}
          onSave={(value) => onChange('quantity', value)}
        />
        <IconButton
          label={t('editing.moreOf', { name })}
          onClick={() => onChange('quantity', quantity + 1)}
          className="tablet:size-9"
        >
          <Plus className="icon" aria-hidden="true" />
        </IconButton>
      </div>
    </li>
  );
}
