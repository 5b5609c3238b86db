import type { LucideIcon } from 'lucide-react';

/** One line of the palette. */
export type Entry = {
  readonly key: string;
  readonly icon: LucideIcon;
  /** Read off a label, before the words. */
  readonly code?: string;
  readonly label: string;
  /** Where it is, when it is, what it is. */
  readonly note?: string;
  readonly keys?: readonly string[];
  readonly run: () => void;
};

export type EntryGroup = { readonly title: string; readonly entries: readonly Entry[] };
