/** The corner marks of a scanner around a bar code. */
export function BrandMark({ className = 'size-5' }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className} fill="none" strokeLinecap="round">
      <path
        d="M2.5 7V5A2.5 2.5 0 0 1 5 2.5h2M17 2.5h2A2.5 2.5 0 0 1 21.5 5v2M21.5 17v2a2.5 2.5 0 0 1-2.5 2.5h-2M7 21.5H5A2.5 2.5 0 0 1 2.5 19v-2"
        stroke="currentColor"
        strokeWidth="2"
      />
      <path d="M7 7.5v9M13 7.5v9M17.2 7.5v9" stroke="var(--primary)" strokeWidth="1.6" strokeLinecap="butt" />
      <path d="M9.9 7.5v9" stroke="var(--primary)" strokeWidth="2.6" strokeLinecap="butt" />
    </svg>
  );
}
