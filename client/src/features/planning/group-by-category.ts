import type { PullListLine } from './read-pull-list.ts';

export type CategoryGroup = {
  readonly category: string;
  readonly lines: readonly PullListLine[];
  readonly wantedCount: number;
  readonly scannedCount: number;
};

/** Lines under their category, both in the order of the list. */
export function groupByCategory(lines: readonly PullListLine[]): CategoryGroup[] {
  return [...Map.groupBy(lines, (line) => line.category)].map(([category, members]) => ({
    category,
    lines: members,
    wantedCount: members.reduce((sum, line) => sum + line.wantedCount, 0),
    scannedCount: members.reduce((sum, line) => sum + line.scannedCount, 0),
  }));
}
