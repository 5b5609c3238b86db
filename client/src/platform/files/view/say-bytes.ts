import type { Format } from '#i18n/format.ts';

/** 340 KB, 1.2 MB: in thousands, as people know it from their own disks. */
export function sayBytes(bytes: number, format: Pick<Format, 'count'>): string {
  if (bytes < 1_000_000) return `${format.count(Math.max(1, Math.round(bytes / 1000)))} KB`;
  return `${format.count(Math.round(bytes / 100_000) / 10)} MB`;
}
