import type { VirtualTime } from './virtual-time.ts';

/** Everything that happened in a run, as one number: two runs of one seed have the same. */
export function createTrace(time: VirtualTime) {
  let high = 0x811c9dc5;
  let low = 0x2c1b3c6d;
  const mix = (code: number) => {
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low + code, 0x297a2d39) ^ (low >>> 15);
  };
  return {
    note(what: string) {
      const text = `${time.nowMs()} ${what}`;
      for (let index = 0; index < text.length; index += 1) mix(text.charCodeAt(index));
    },
    hash: () => `${(high >>> 0).toString(16)}-${(low >>> 0).toString(16)}`,
  };
}
