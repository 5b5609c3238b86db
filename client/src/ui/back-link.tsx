import { Link, type LinkProps } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';

/** The way back in a header, for screens that have one place they belong to. */
export function BackLink({
  label,
  to,
}: {
  readonly label: string;
  readonly to: NonNullable<LinkProps['to']>;
}) {
  return (
    <Link to={to} aria-label={label} className="grid size-12 place-items-center text-muted-foreground">
      <ChevronLeft className="icon-lg" />
    </Link>
  );
}
