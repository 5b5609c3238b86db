/** A label in front of a camera is read thirty times a second; a trigger pulled twice means one thing. */
export const REPEAT_WINDOW_MS = 1500;

/** The codes seen lately, each with the moment of its last sight. */
export type SeenCodes = ReadonlyMap<string, number>;

export type Repeat = { readonly seen: SeenCodes; readonly isRepeat: boolean };

/**
 * Whether a code is only the same sight again. Each sight starts the window anew, so a label that stays in view counts
 * once; after a pause of more than the window it is a scan of its own, which the judge will call "already".
 */
export function noteSight(seen: SeenCodes, code: string, nowMs: number): Repeat {
  const fresh = new Map([...seen].filter(([, atMs]) => nowMs - atMs <= REPEAT_WINDOW_MS));
  const isRepeat = fresh.has(code);
  fresh.set(code, nowMs);
  return { seen: fresh, isRepeat };
}
