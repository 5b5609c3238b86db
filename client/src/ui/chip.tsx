import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type ChipTone = 'plain' | 'quiet' | 'good' | 'info' | 'warn' | 'alarm';

const tones: Readonly<Record<ChipTone, string>> = {
  plain: 'border-border text-foreground',
  quiet: 'border-transparent text-muted-foreground',
  good: 'border-border text-ok-text',
  info: 'border-primary/50 text-primary-text',
  warn: 'border-wrong/60 text-wrong-text',
  alarm: 'border-blocked/60 bg-blocked-tint text-blocked-text',
};

/** A state in at most 18 characters. `isDashed` marks what is not certain yet. */
export function Chip({
  tone = 'plain',
  icon,
  isDashed = false,
  children,
}: {
  readonly tone?: ChipTone;
  readonly icon?: ReactNode;
  readonly isDashed?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <span
      className={classNames(
        'inline-flex h-6 items-center gap-1.5 rounded-chip border text-[13px] font-medium whitespace-nowrap narrow tablet:h-5 tablet:text-[12px] [&_svg]:size-3.5',
        tone !== 'quiet' && 'px-1.5',
        tones[tone],
        isDashed && 'border-dashed',
      )}
    >
      {icon}
      {children}
    </span>
  );
}
