import { createHash } from 'node:crypto';

/** One link of a company's chain. */
export type Link = {
  /** 1 for the first. */
  readonly position: number;
  /** The first moment that is not in it. */
  readonly untilMoment: string;
  readonly entryCount: number;
  readonly entriesHash: Buffer;
  readonly marks: Buffer;
  /** Microseconds since 1970. */
  readonly linkedAtMicros: string;
  readonly hash: Buffer;
};

/** What a link's hash must be after the one before it; null for the first. */
export function hashOfLink(tenantId: string, before: Buffer | null, link: Omit<Link, 'hash'>): Buffer {
  const parts = [
    'eventkit audit link 1',
    tenantId,
    before?.toString('hex') ?? '',
    link.position,
    link.untilMoment,
    link.entryCount,
    link.entriesHash.toString('hex'),
    link.marks.toString('hex'),
    link.linkedAtMicros,
  ];
  return createHash('sha256').update(parts.join('\n')).digest();
}

/** The hash of entries, of their hashes in their order. */
export function hashOfEntries(hashes: readonly Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(hashes)).digest();
}
