import type { TrailFault, TrailReport } from '@eventkit/database/audit/verify-trail.ts';

/** What a person reads of one company's trail. */
export function describeTrail(
  slug: string,
  { linkCount, entryCount, openCount, head, fault }: TrailReport,
): string {
  const looked = `${entryCount} entries in ${linkCount} links, ${openCount} not linked yet`;
  if (fault === null)
    return `${slug}: as it was written (${looked}${head === null ? '' : `; newest link ${head.position} ${head.hash}`})`;
  return `${slug}: TAMPERED WITH. ${describeFault(fault)} Up to there: ${entryCount} entries in ${linkCount} links.`;
}

function describeFault(fault: TrailFault): string {
  if (fault.tag === 'anchor')
    return `Link ${fault.position} is not the one that was kept elsewhere: the chain was made anew.`;
  if (fault.tag === 'link')
    return `Link ${fault.position} ${fault.problem === 'missing' ? 'is missing' : 'was changed'}.`;
  const what = fault.entry === null ? 'An entry' : `${fault.entry.source} ${fault.entry.id}`;
  const where = fault.position === null ? 'outside of all links' : `in link ${fault.position}`;
  const after = fault.after === null ? '' : `, after ${fault.after.source} ${fault.after.id}`;
  return `${what} was ${fault.problem}, ${where}${after}.`;
}
