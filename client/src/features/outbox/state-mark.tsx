import { Check, CheckCheck, OctagonX, PackageOpen, Split } from 'lucide-react';
import type { ShownState } from './describe-operation.ts';

/** Pending is a dashed ring, conflicted a fork, refused a struck octagon; a plain tick is all that "applied" needs. */
export function StateMark({ state }: { readonly state: ShownState }) {
  switch (state) {
    case 'waiting':
    case 'answered':
      return (
        <svg viewBox="0 0 16 16" className="size-4 text-muted-foreground" aria-hidden="true">
          <circle
            cx="8"
            cy="8"
            r="6.2"
            fill={state === 'answered' ? 'currentColor' : 'none'}
            fillOpacity="0.35"
            stroke="currentColor"
            strokeWidth="1.8"
            strokeDasharray="2.6 2.3"
          />
        </svg>
      );
    case 'applied':
      return <Check className="icon text-ok-text" aria-hidden="true" />;
    case 'superseded':
      return <CheckCheck className="icon text-muted-foreground" aria-hidden="true" />;
    case 'conflicted':
      return <Split className="icon text-wrong-text" aria-hidden="true" />;
    case 'kept_unread':
      return <PackageOpen className="icon text-wrong-text" aria-hidden="true" />;
    case 'refused':
    case 'not_taken':
      return <OctagonX className="icon text-blocked-text" aria-hidden="true" />;
  }
}
