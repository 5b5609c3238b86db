import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';

/**
 * A line above the thumb, in the corner on desktops: for what needs no answer. Always mounted, so that screen readers
 * hear its content when it comes; without content nothing is seen of it.
 */
export function Toast({
  icon,
  closeLabel,
  onClose,
  children,
}: {
  readonly icon: ReactNode;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-2 bottom-[calc(env(safe-area-inset-bottom)+5.75rem)] z-10 tablet:inset-e-4 tablet:bottom-10 tablet:inset-s-auto tablet:w-96"
    >
      {children !== null && (
        <div className="pointer-events-auto flex items-center gap-3 rounded-panel border border-border bg-popover py-2 pe-1 ps-4 shadow-[var(--shadow-float)]">
          <span className="flex-none">{icon}</span>
          <div className="min-w-0 flex-1">{children}</div>
          <IconButton label={closeLabel} onClick={onClose}>
            <X className="icon-lg" />
          </IconButton>
        </div>
      )}
    </div>
  );
}
