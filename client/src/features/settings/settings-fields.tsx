import { type ReactNode, useId, useState } from 'react';
import type { DurationUnit } from '#i18n/typed/duration.ts';
import { useTyped } from '#i18n/typed/use-typed.ts';
import { classNames } from '#ui/class-names.ts';
import { SectionHeading } from '#ui/section-heading.tsx';
import { SelectField } from '#ui/select-field.tsx';
import { TextField } from '#ui/text-field.tsx';
import { TypedField } from '#ui/typed-field.tsx';
import type { SettingsField } from './draft-settings.ts';
import { useSettingsForm } from './settings-form.ts';

type FieldProps = { readonly field: SettingsField; readonly label: string; readonly hint?: ReactNode };

/** Fields about one thing, two beside each other where there is room. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <SectionHeading>
        <span id={id}>{title}</span>
      </SectionHeading>
      <div className="grid items-start gap-4 px-4 py-4 tablet:grid-cols-2">{children}</div>
    </section>
  );
}

export function SettingText({
  field,
  label,
  hint,
  ...rest
}: FieldProps & {
  readonly maxLength?: number;
  readonly inputMode?: 'numeric';
  readonly className?: string;
  readonly placeholder?: string;
}) {
  const { draft, isDisabled, problemAt, change } = useSettingsForm();
  return (
    <div>
      <TextField
        label={label}
        value={draft[field]}
        disabled={isDisabled}
        autoComplete="off"
        error={problemAt(field)}
        onChange={({ target }) => change(field, target.value)}
        {...rest}
      />
      <Hint>{hint}</Hint>
    </div>
  );
}

/** How long something lasts: typed as people say it, kept as whole hours or days. */
export function SettingDuration({
  field,
  label,
  hint,
  unit,
}: FieldProps & { readonly unit: DurationUnit; readonly hint: string }) {
  const { draft, isDisabled, problemAt, change } = useSettingsForm();
  const { readDuration, writeDuration } = useTyped();
  const kept = draft[field];
  const [typed, setTyped] = useState({ text: '', kept: '' });
  const written = /^\d+$/.test(kept) ? writeDuration(Number(kept), unit) : kept;
  // What was typed holds until the field gets another value from elsewhere, as by a discard.
  const text = typed.kept === kept ? typed.text : written;
  const read = readDuration(text, unit);
  return (
    <TypedField
      label={label}
      value={text}
      disabled={isDisabled}
      error={problemAt(field)}
      hint={hint}
      understood={read}
      onText={(next) => {
        const understood = readDuration(next, unit);
        const value = understood.ok ? String(understood.value.value) : next;
        setTyped({ text: next, kept: value });
        change(field, value);
      }}
    />
  );
}

export function SettingLines({ field, label }: FieldProps) {
  const { draft, isDisabled, problemAt, change } = useSettingsForm();
  const id = useId();
  const problem = problemAt(field);
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-[14px] font-medium tablet:text-[12px]">
        {label}
      </label>
      <textarea
        id={id}
        rows={4}
        maxLength={500}
        disabled={isDisabled}
        value={draft[field]}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-error`}
        onChange={({ target }) => change(field, target.value)}
        className={classNames(
          'w-full rounded-control border border-input bg-background px-3 py-2 text-[16px] tablet:text-[14px]',
          problem !== null && 'border-blocked',
        )}
      />
      {problem !== null && (
        <p id={`${id}-error`} className="mt-1.5 text-blocked-text">
          {problem}
        </p>
      )}
    </div>
  );
}

export function SettingChoice({
  field,
  label,
  choices,
}: FieldProps & { readonly choices: readonly { readonly value: string; readonly label: string }[] }) {
  const { draft, isDisabled, problemAt, change } = useSettingsForm();
  return (
    <SelectField
      label={label}
      value={draft[field]}
      disabled={isDisabled}
      error={problemAt(field)}
      onChange={({ target }) => change(field, target.value)}
    >
      {choices.map(({ value, label: name }) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

/** Below a field: what it is for, or what comes of it. */
export function Hint({ children }: { readonly children: ReactNode }) {
  if (children === undefined || children === null) return null;
  return <p className="mt-1.5 text-[14px] text-muted-foreground tablet:text-[12px]">{children}</p>;
}
