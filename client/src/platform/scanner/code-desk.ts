import type { WedgeCode } from './wedge-reader.ts';

/** What the person looks at: a screen that scans, another one, or neither yet, while the one gives way to the other. */
export type ScreenNow = 'scans' | 'does_not_scan' | 'changing';

/** Takes a code in; returns at once. */
export type CodeTaker = (code: WedgeCode) => void;

/** Where every code of the keyboard wedge arrives, and who gets it. One for the app. */
export type CodeDesk = {
  hear(code: WedgeCode): void;
  /** The mounted screen that scans: it gets what waited for it, then every code. Returns how to stop. */
  takeAll(take: CodeTaker): () => void;
  /** For codes that are heard where nothing scans. `screenNow` is asked at each code. Returns how to stop. */
  lookUpBy(lookUp: CodeTaker, screenNow: () => ScreenNow): () => void;
  /** A sheet that asks for one thing gets every code while it is open, whatever the screen below does. Returns how to stop. */
  ask(take: CodeTaker): () => void;
  /**
   * Asked before everybody else about each code, also about what waits; one that it takes (true) goes no further.
   * Returns how to stop.
   */
  divert(takes: (code: WedgeCode) => boolean): () => void;
  /** A change of screens is over: what was heard meanwhile finds its way. */
  settle(): void;
};

/** Whoever waits longer for a screen scans again: a code that takes effect later than this would come as a surprise. */
export const KEPT_FOR_MS = 15_000;

/** Codes heard between two screens wait, in order, for the one that is coming. */
export function createCodeDesk(nowMs: () => number): CodeDesk {
  const waiting: { readonly code: WedgeCode; readonly heardAtMs: number }[] = [];
  let scanning: CodeTaker | null = null;
  let asking: CodeTaker | null = null;
  let diverting: ((code: WedgeCode) => boolean) | null = null;
  let elsewhere: { readonly lookUp: CodeTaker; readonly screenNow: () => ScreenNow } | null = null;

  const taker = (): CodeTaker | null => {
    if (asking !== null) return asking;
    switch (elsewhere?.screenNow()) {
      case 'scans':
        return scanning;
      case 'does_not_scan':
        return elsewhere?.lookUp ?? null;
      default:
        return null;
    }
  };

  const settle = (): void => {
    const take = waiting.length > 0 ? taker() : null;
    if (!take) return;
    for (const { code, heardAtMs } of waiting.splice(0)) {
      if (nowMs() - heardAtMs <= KEPT_FOR_MS) take(code);
    }
  };

  return {
    hear(code) {
      if (diverting?.(code) === true) return;
      waiting.push({ code, heardAtMs: nowMs() });
      settle();
    },
    takeAll(take) {
      scanning = take;
      settle();
      return () => {
        if (scanning === take) scanning = null;
      };
    },
    ask(take) {
      asking = take;
      return () => {
        if (asking === take) asking = null;
      };
    },
    divert(takes) {
      diverting = takes;
      const others = waiting.splice(0).filter(({ code }) => !takes(code));
      waiting.push(...others);
      return () => {
        if (diverting === takes) diverting = null;
      };
    },
    lookUpBy(lookUp, screenNow) {
      const mine = { lookUp, screenNow };
      elsewhere = mine;
      settle();
      return () => {
        if (elsewhere === mine) elsewhere = null;
      };
    },
    settle,
  };
}
