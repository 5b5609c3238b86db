import type { Result } from '@eventkit/shared/kernel/result.ts';
import { type ComponentProps, useState } from 'react';
import { TextField } from './text-field.tsx';

/**
 * A field that takes what people type: below it stands what was understood, as they type; how to type it instead, once
 * they have left.
 */
export function TypedField({
  understood,
  hint,
  error,
  onText,
  ...rest
}: Omit<ComponentProps<typeof TextField>, 'onChange' | 'onBlur'> & {
  /** How what was typed is shown, or how to type it instead; null where nothing is typed, or asked for. */
  readonly understood: Result<{ readonly shown: string }, string> | null;
  readonly onText: (text: string) => void;
}) {
  const [isLeft, setLeft] = useState(true);
  const problem = understood?.ok === false && isLeft ? understood.error : null;
  return (
    <TextField
      {...rest}
      autoComplete="off"
      error={problem ?? error ?? null}
      hint={understood?.ok === true && understood.value.shown !== rest.value ? understood.value.shown : hint}
      onChange={({ target }) => {
        setLeft(false);
        onText(target.value);
      }}
      onBlur={() => setLeft(true)}
    />
  );
}
