import type { FieldValue } from '@eventkit/shared/edits/editable-tables.ts';
import { EVENT_STATUSES, EVENT_TIMES } from '@eventkit/shared/edits/editable-tables.ts';
import { isInstant } from '@eventkit/shared/kernel/instant.ts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { EditRow } from '#platform/edits/edit-queries.ts';

const fieldNames = [
  'name',
  'client_name',
  'venue',
  'status',
  'times',
  'quantity',
  'note',
  'order_key',
] as const;
type FieldName = (typeof fieldNames)[number];

type Said = Pick<EditRow, 'kind' | 'table' | 'field' | 'saw' | 'value'>;

/** Fields, their values and whole edits in the reader's words. */
export function useFieldWords() {
  const { t } = useTranslation();
  const format = useFormat();

  const sayField = (field: string): string => {
    const known: FieldName | undefined = fieldNames.find((name) => name === field);
    return known === undefined ? field : t(`editing.field.${known}`);
  };

  const sayValue = (field: string, value: FieldValue): string => {
    if (value === null || value === '') return t('editing.nothing');
    if (typeof value === 'number') return format.count(value);
    if (field === 'status') {
      const status = EVENT_STATUSES.find((one) => one === value);
      return status === undefined ? String(value) : t(`planning.status.${status}`);
    }
    if (field === 'times') return partsOf(value).map(sayMoment).join(', ');
    return String(value);
  };

  const sayMoment = (at: string): string => (isInstant(at) ? `${format.day(at)} ${format.time(at)}` : at);

  /** Of the four times only those that differ. */
  const sayChange = (field: string, saw: FieldValue, value: FieldValue): { from: string; to: string } => {
    if (field !== 'times') return { from: sayValue(field, saw), to: sayValue(field, value) };
    const [before, after] = [partsOf(saw), partsOf(value)];
    const changed = EVENT_TIMES.map((_, index) => index).filter((index) => before[index] !== after[index]);
    const say = (parts: readonly string[], withNames: boolean) =>
      changed
        .map((index) => {
          const name = withNames ? `${t(`editing.time.${EVENT_TIMES[index] ?? 'load_at'}`)} ` : '';
          return `${name}${sayMoment(parts[index] ?? '')}`;
        })
        .join(', ');
    return { from: say(before, true), to: say(after, false) };
  };

  const sayEdit = ({ kind, table, field, saw, value }: Said): string => {
    switch (kind) {
      case 'create_row':
        return t('editing.did.create_row', { count: Number(fieldOf(value, 'quantity')) });
      case 'delete_row':
        return t('editing.did.delete_row');
      case 'restore_row':
        return t('editing.did.restore_row');
      case 'edit_fields': {
        if (field === 'order_key') return t('editing.did.moved');
        const change = sayChange(field ?? '', parse(saw), parse(value));
        const isOnlyNumber = table === 'pull_list_lines' && field === 'quantity';
        return isOnlyNumber
          ? t('editing.did.quantity', change)
          : t('editing.did.edit_fields', { field: sayField(field ?? ''), ...change });
      }
    }
  };

  return { sayField, sayValue, sayChange, sayEdit };
}

function parse(json: string | null): FieldValue {
  return json === null ? null : (JSON.parse(json) as FieldValue);
}

function fieldOf(json: string | null, field: string): FieldValue {
  return json === null ? null : ((JSON.parse(json) as Record<string, FieldValue>)[field] ?? null);
}

function partsOf(value: FieldValue): string[] {
  return typeof value === 'string' ? value.split('/') : [];
}
