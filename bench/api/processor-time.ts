import { readdirSync, readFileSync } from 'node:fs';

/** Processor time of a process and of those that it started, in milliseconds; null where the system does not tell. */
export function processorMs(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(name) ?? []);
  const own = all.filter((each) => each.pid === pid || each.parent === pid);
  return own.reduce((sum, { ticks }) => sum + ticks, 0) * MS_PER_TICK;
}

/** As Linux counts for everybody. */
const MS_PER_TICK = 10;

function statOf(
  pid: string,
): { readonly pid: number; readonly parent: number; readonly ticks: number } | null {
  try {
    // After the name, which may hold anything: state, parent, …, and as 12th and 13th the times of user and system.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    return { pid: Number(pid), parent: fields[1] ?? 0, ticks: (fields[11] ?? 0) + (fields[12] ?? 0) };
  } catch (thrown) {
    // It ended between the look at the list and this one.
    if (['ENOENT', 'ESRCH'].includes((thrown as NodeJS.ErrnoException).code ?? '')) return null;
    throw thrown;
  }
}
