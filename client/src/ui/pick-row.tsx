import type { ReactNode } from 'react';

/** One of a list in a sheet, picked by one touch. */
export function PickRow({ onPick, children }: { readonly onPick: () => void; readonly children: ReactNode }) {
  return (
    <li className="border-b border-rule last:border-b-0">
      <button
        type="button"
        onClick={onPick}
        className="flex min-h-14 w-full items-center gap-3 py-1.5 text-start hover:bg-hover tablet:min-h-10"
      >
        {children}
      </button>
    </li>
  );
}
