import { classNames } from './class-names.ts';

/** primary: the one thing to do here. outline: the other ways. quiet: no edge. danger: leaves a mark in the world. */
export type ButtonKind = 'primary' | 'secondary' | 'outline' | 'quiet' | 'danger';

/** main 72 px and touch 56 px for gloves; control is 48 px on phones and 28 px beside a mouse. */
export type ButtonSize = 'main' | 'touch' | 'control';

const kinds: Readonly<Record<ButtonKind, string>> = {
  primary: 'bg-primary text-primary-foreground font-semibold active:brightness-90 hover:brightness-105',
  secondary: 'bg-secondary border border-border font-medium hover:bg-hover active:bg-hover',
  outline: 'border border-input font-medium hover:bg-hover active:bg-hover',
  quiet: 'text-muted-foreground font-medium hover:bg-hover hover:text-foreground',
  danger: 'bg-destructive text-destructive-foreground font-semibold active:brightness-90',
};

const sizes: Readonly<Record<ButtonSize, string>> = {
  main: 'min-h-18 px-4 text-[19px] gap-3 rounded-panel',
  touch: 'min-h-14 px-4 text-[16px] gap-2.5 rounded-control',
  control:
    'min-h-12 px-4 text-[15px] gap-2 rounded-control tablet:min-h-7 tablet:px-2.5 tablet:text-[13px] tablet:gap-1.5',
};

/** The look of a button, for links that act like one. */
export function buttonClass(kind: ButtonKind, size: ButtonSize, extra?: string): string {
  return classNames(
    'inline-flex items-center justify-center text-center leading-tight select-none transition-[filter,background-color] speed-fast',
    'disabled:opacity-45 disabled:pointer-events-none aria-disabled:opacity-45',
    kinds[kind],
    sizes[size],
    extra,
  );
}
