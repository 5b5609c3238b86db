import type { LucideIcon } from 'lucide-react';
import { Button } from '#ui/button.tsx';

/** One of two answers side by side. */
export function HalfButton({
  icon: Icon,
  onClick,
  children,
}: {
  readonly icon: LucideIcon;
  readonly onClick: () => void;
  readonly children: string;
}) {
  return (
    <Button
      kind="outline"
      size="touch"
      className="narrower px-2.5"
      icon={<Icon className="icon-lg flex-none" />}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
