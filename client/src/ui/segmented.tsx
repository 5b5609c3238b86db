import { type ReactNode, useId } from 'react';

export type Choice<T extends string> = { readonly value: T; readonly label: ReactNode };

/** One of a few, all in sight; arrows move between them. */
export function Segmented<T extends string>({
  legend,
  isLegendHidden = false,
  choices,
  value,
  onChange,
}: {
  readonly legend: string;
  readonly isLegendHidden?: boolean;
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className={isLegendHidden ? 'sr-only' : 'mb-1.5 text-[14px] font-medium tablet:text-[12px]'}>
        {legend}
      </legend>
      <div className="flex gap-px overflow-hidden rounded-control border border-input bg-border">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="flex min-h-12 flex-1 cursor-pointer items-center justify-center bg-background px-2 text-center font-medium has-checked:bg-selected has-checked:text-primary-text has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-ring tablet:min-h-9"
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              className="sr-only"
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
