import { err } from '@eventkit/shared/kernel/result.ts';
import type { Push } from './push.ts';

/** Sends with what `load` brings, from the first batch on. Without it the server is out of reach, and tried again. */
export function createLazyPush(load: () => Promise<Push>): Push {
  let push: Push | null = null;
  return async (batch, signal) => {
    try {
      push ??= await load();
    } catch (error) {
      return err({ tag: 'unreachable', problem: String(error) });
    }
    return push(batch, signal);
  };
}
