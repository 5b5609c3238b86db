import type { TextStore } from './remembered-session.ts';

const PENDING_KEY = 'eventkit.sign_out_pending';

/** Leaves for the sign-in page and comes back to this one. */
export function goToSignIn(): void {
  const back = `${location.pathname}${location.search}`;
  location.assign(`/auth/login?return=${encodeURIComponent(back)}`);
}

/**
 * Ends the session at the server and answers where to go from there. Without network it is noted and made up for at
 * the next start, so that nobody who signed out is let in again by a cookie that still stands.
 */
export async function signOutAtServer(store: TextStore): Promise<{ readonly redirectTo: string } | null> {
  store.setItem(PENDING_KEY, '1');
  try {
    const response = await fetch('/auth/logout', { method: 'POST', headers: { accept: 'application/json' } });
    if (!response.ok) return null;
    const answer: unknown = await response.json();
    store.removeItem(PENDING_KEY);
    const hasTarget = typeof answer === 'object' && answer !== null && 'redirectTo' in answer;
    return { redirectTo: hasTarget && typeof answer.redirectTo === 'string' ? answer.redirectTo : '/' };
  } catch {
    // No network; see above.
    return null;
  }
}

export function isSignOutPending(store: TextStore): boolean {
  return store.getItem(PENDING_KEY) !== null;
}
