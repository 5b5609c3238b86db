/** What a key means where nobody types. */
export type KeyMeaning =
  | { readonly kind: 'go'; readonly letter: string }
  | { readonly kind: 'move'; readonly by: 1 | -1 }
  | { readonly kind: 'press'; readonly key: string }
  | { readonly kind: 'undo' }
  | { readonly kind: 'palette' }
  | { readonly kind: 'help' };

export type KeyState = {
  /** When G was pressed; a letter soon after it leads to a screen. */
  readonly goSinceMs: number | null;
};

export const restingKeys: KeyState = { goSinceMs: null };

/** Longer after G, a letter stands for itself again. */
const GO_WITHIN_MS = 1_500;

/**
 * One key further. `press` is for what is on the screen: an element names its key by `aria-keyshortcuts`.
 * Keys held with Control or Meta are none of ours but K and Z, with Alt none.
 */
export function readKey(
  state: KeyState,
  key: { readonly key: string; readonly isCommand: boolean; readonly atMs: number },
): { readonly state: KeyState; readonly meaning: KeyMeaning | null } {
  const rest = (meaning: KeyMeaning | null) => ({ state: restingKeys, meaning });
  if (key.isCommand) {
    // A capital Z does it again elsewhere.
    if (key.key === 'z') return rest({ kind: 'undo' });
    return rest(key.key.toLowerCase() === 'k' ? { kind: 'palette' } : null);
  }
  const isAfterG = state.goSinceMs !== null && key.atMs - state.goSinceMs <= GO_WITHIN_MS;
  if (isAfterG && /^[a-z]$/.test(key.key)) return rest({ kind: 'go', letter: key.key });
  switch (key.key) {
    case 'g':
      return { state: { goSinceMs: key.atMs }, meaning: null };
    case 'j':
      return rest({ kind: 'move', by: 1 });
    case 'k':
      return rest({ kind: 'move', by: -1 });
    case '/':
      return rest({ kind: 'palette' });
    case '?':
      return rest({ kind: 'help' });
    default:
      return rest(/^[a-z]$/.test(key.key) ? { kind: 'press', key: key.key } : null);
  }
}
