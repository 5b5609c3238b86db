import { MapPin } from 'lucide-react';
import type { ReactNode } from 'react';

/** Where the next scans happen; a touch picks another place, as the scan of its label does. */
export function PlaceButton({
  label,
  hint,
  onClick,
  children,
}: {
  readonly label: string;
  /** The other way to another place. */
  readonly hint: string;
  readonly onClick: () => void;
  /** The place itself. */
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex min-h-18 w-full flex-none items-center gap-3 rounded-panel border border-border bg-card px-3 text-start hover:bg-hover"
    >
      <MapPin className="icon-lg text-muted-foreground" aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <span className="block text-[13px] text-muted-foreground">{label}</span>
        {children}
      </span>
      <span className="max-w-28 text-end text-[12.5px] leading-tight text-muted-foreground">{hint}</span>
    </button>
  );
}

/** The code of a place, to be read at arm's length. */
export function PlaceCode({ children }: { readonly children: ReactNode }) {
  return (
    <span className="font-mono text-[24px] leading-tight font-semibold tracking-[-0.02em]">{children}</span>
  );
}
