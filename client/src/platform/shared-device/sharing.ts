import type { TenantId } from '@eventkit/shared/kernel/ids.ts';
import { createObservable, type Observable, type WritableObservable } from '#platform/live/observable.ts';
import type { TextStore } from '#platform/session/remembered-session.ts';
import type { Session } from '#platform/session/session.ts';

/** Who is at a shared device now. */
export type ActingPerson = {
  readonly session: Session;
  /** Puts the proof that it was this person behind an encoded operation. */
  prove(content: Uint8Array): Promise<Uint8Array>;
};

/** Whether several people work on this device, and who of them is at it; null while it is locked. */
export type Sharing = { readonly isShared: boolean; readonly acting: ActingPerson | null };

const keyOf = (tenantId: TenantId) => `eventkit.shared.${tenantId}`;

/** As it was when the app was last open: nobody is at a shared device then, network or not. */
export function createSharing(store: TextStore, tenantId: TenantId): WritableObservable<Sharing> {
  const isShared = store.getItem(keyOf(tenantId)) !== null;
  const sharing = createObservable<Sharing>({ isShared, acting: null });
  sharing.subscribe((now) => {
    if (now.isShared) store.setItem(keyOf(tenantId), '1');
    else store.removeItem(keyOf(tenantId));
  });
  return sharing;
}

/** Who uses the device: the person who signed in, or who of those that share it is at it. */
export function sessionOfUser(own: Observable<Session>, sharing: Observable<Sharing>): Observable<Session> {
  const now = () => sharing.current().acting?.session ?? own.current();
  const session = createObservable(now());
  const follow = () => session.set(now());
  own.subscribe(follow);
  sharing.subscribe(follow);
  return session;
}
