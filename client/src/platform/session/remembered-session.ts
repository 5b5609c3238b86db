import { isPermission, isRole } from '@eventkit/shared/permissions/roles.ts';
import type { Session } from './session.ts';

/** Small text that outlives the page; localStorage, or a map in a test. */
export type TextStore = {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
};

const KEY = 'eventkit.session';

/**
 * Who signed in last, so that the app opens without network. No token: it grants nothing but a look at what this
 * device holds already.
 */
export function readRememberedSession(store: TextStore): Session | null {
  const text = store.getItem(KEY);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    // What an earlier version remembered has no zone.
    return isSession(value) ? { ...value, timeZone: value.timeZone ?? '', isRemembered: true } : null;
  } catch {
    // Written by nobody we know: the person signs in again.
    return null;
  }
}

export function rememberSession(store: TextStore, session: Session): void {
  store.setItem(KEY, JSON.stringify(session));
}

export function forgetSession(store: TextStore): void {
  store.removeItem(KEY);
}

/** Calls when the person signs out in another tab of this browser. */
export function whenForgotten(run: () => void): void {
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === KEY && newValue === null) run();
  });
}

function isSession(value: unknown): value is Session {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  const texts = ['userId', 'tenantId', 'tenantName', 'name', 'email', 'locale'];
  return (
    texts.every((field) => typeof fields[field] === 'string') &&
    typeof fields['role'] === 'string' &&
    isRole(fields['role']) &&
    Array.isArray(fields['permissions']) &&
    fields['permissions'].every((one) => typeof one === 'string' && isPermission(one))
  );
}
