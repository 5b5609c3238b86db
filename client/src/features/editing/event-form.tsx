import { EVENT_STATUSES, EVENT_TIMES, type FieldValue } from '@eventkit/shared/edits/editable-tables.ts';
import { fieldOfRow } from '@eventkit/shared/edits/row-fields.ts';
import { ok } from '@eventkit/shared/kernel/result.ts';
import type { RowOf } from '@eventkit/shared/schema/row-types.ts';
import { useTranslation } from 'react-i18next';
import { useTyped } from '#i18n/typed/use-typed.ts';
import { editOf } from '#platform/edits/intent-of-edit.ts';
import { useFieldWords } from '#platform/edits/view/use-field-words.ts';
import { SelectField } from '#ui/select-field.tsx';
import { textOfTimes, timesOfRow, withTime } from './event-times.ts';
import { FieldInput } from './field-input.tsx';
import type { Editor } from './use-editor.ts';

/** What an event is called, for whom, where and when. Each field is saved by itself. */
export function EventForm({ event, editor }: { readonly event: RowOf<'events'>; readonly editor: Editor }) {
  const { t } = useTranslation();
  const { sayField, sayChange } = useFieldWords();
  const { readMoment, writeMoment } = useTyped();
  const times = timesOfRow(event);
  const save = (field: string, value: FieldValue) => {
    const change = sayChange(field, fieldOfRow('events', event, field), value);
    void editor.save(
      editOf('events', event, field, value),
      `${sayField(field)}: ${change.from} → ${change.to}`,
    );
  };
  return (
    <div className="grid gap-4 p-4 tablet:grid-cols-2 tablet:gap-3">
      {(['name', 'client_name', 'venue'] as const).map((field) => (
        <FieldInput
          key={field}
          table="events"
          field={field}
          label={t(`editing.field.${field}`)}
          shown={event[field] ?? ''}
          onSave={(value) => save(field, value)}
        />
      ))}
      <SelectField
        label={t('editing.field.status')}
        value={event.status ?? 'draft'}
        onChange={({ target }) => save('status', target.value)}
      >
        {EVENT_STATUSES.map((status) => (
          <option key={status} value={status}>
            {t(`planning.status.${status}`)}
          </option>
        ))}
      </SelectField>
      {times !== null &&
        EVENT_TIMES.map((name) => (
          <FieldInput
            key={name}
            table="events"
            field="times"
            label={t(`editing.time.${name}`)}
            shown={writeMoment(times[name])}
            read={(text) => {
              const read = readMoment(text, times[name]);
              return read.ok
                ? ok({ ...read.value, value: textOfTimes(withTime(times, name, read.value.value)) })
                : read;
            }}
            onSave={(value) => save('times', value)}
          />
        ))}
      <p className="text-muted-foreground tablet:col-span-2">{t('editing.timesHint')}</p>
    </div>
  );
}
