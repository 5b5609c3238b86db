import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type NoticeTone = 'plain' | 'offline' | 'good' | 'warn' | 'alarm';

const tones: Readonly<Record<NoticeTone, string>> = {
  plain: 'border-border bg-card',
  offline: 'border-border bg-muted',
  good: 'border-ok/50 bg-ok-tint',
  warn: 'border-wrong/50 bg-wrong-tint',
  alarm: 'border-blocked/60 bg-blocked-tint',
};

/** What happened, what is safe, what to do. Without signal is `offline`, never amber or red. */
export function Notice({
  tone = 'plain',
  icon,
  title,
  children,
  actions,
}: {
  readonly tone?: NoticeTone;
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <section
      role={tone === 'alarm' ? 'alert' : 'status'}
      className={classNames('flex gap-3 rounded-panel border p-4', tones[tone])}
    >
      {icon !== undefined && <div className="mt-0.5 flex-none">{icon}</div>}
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{title}</p>
        {children !== undefined && <div className="mt-1 text-muted-foreground">{children}</div>}
        {actions !== undefined && <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </section>
  );
}
