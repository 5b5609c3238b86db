/** Where an event stands; the ring fills as it goes. */
export type EventGlyphState =
  | 'draft'
  | 'option'
  | 'confirmed'
  | 'in_prep'
  | 'out'
  | 'returning'
  | 'closed'
  | 'cancelled';

/** The ring of an event's state: dashed, empty, half, full with an arrow, ticked, struck. */
export function EventGlyph({
  state,
  className = 'size-3.5',
}: {
  readonly state: EventGlyphState;
  readonly className?: string;
}) {
  const isOption = state === 'option';
  const isQuiet = state === 'draft' || state === 'cancelled' || state === 'closed';
  const colour = isOption ? 'text-wrong-text' : isQuiet ? 'text-faint-foreground' : 'text-primary-text';
  const isFull = state === 'out' || state === 'returning';
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={`${className} ${colour}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <circle
        cx="8"
        cy="8"
        r="6.6"
        fill={isFull ? 'currentColor' : 'none'}
        strokeDasharray={state === 'draft' || isOption ? '2.6 2.6' : undefined}
      />
      {state === 'in_prep' && <path d="M8 1.4a6.6 6.6 0 0 1 0 13.2z" fill="currentColor" stroke="none" />}
      {state === 'out' && <path d="m5.6 10.4 4.6-4.6M6.8 5.6h3.6v3.6" stroke="var(--background)" />}
      {state === 'returning' && <path d="m10.4 5.6-4.6 4.6M9.2 10.4H5.6V6.8" stroke="var(--background)" />}
      {state === 'closed' && <path d="m5 8.3 2.1 2.1 4-4.4" />}
      {state === 'cancelled' && <path d="m3.5 12.5 9-9" />}
    </svg>
  );
}
