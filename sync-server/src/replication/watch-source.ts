import type { Session } from './session.ts';
import { readSource, type Source } from './source.ts';

/**
 * Looks again and again whether the database still offers what it did: a publication that lost a table, or a table
 * made anew, is silent in the log. `changed` rejects with what is different.
 */
export function watchSource(session: Session, known: Source) {
  const { options, owner } = session;
  const changed = Promise.withResolvers<never>();
  changed.promise.catch(() => undefined);
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      const now = await readSource(owner, options.plan, options.publication);
      if (fingerprintOf(now) !== fingerprintOf(known))
        changed.reject(new Error('the publication or a table has changed'));
    } catch (error) {
      changed.reject(error);
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => void look(), options.watchEveryMs ?? 5000);
  return { changed: changed.promise, stop: () => clearInterval(timer) };
}

function fingerprintOf(source: Source): string {
  return JSON.stringify([source.publication, source.tables.map((table) => table.shape)]);
}
