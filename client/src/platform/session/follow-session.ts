import { createObservable, type Observable } from '#platform/live/observable.ts';
import type { RpcClients } from '#platform/rpc/rpc-clients.ts';
import type { SyncSession } from '#platform/sync/sync-session.ts';
import { askWhoIAm } from './ask-who-i-am.ts';
import { rememberSession, type TextStore } from './remembered-session.ts';
import type { Session } from './session.ts';
import { whenConnected } from './when-connected.ts';

/**
 * Who uses the device, and what they may do, confirmed by the server whenever there is network and whenever the stream
 * is connected anew, as it is within seconds of a change of rights; `confirm` asks now. A session that ended does not lock the
 * device: it goes on for the person it remembers and asks for a sign-in before anything is sent.
 */
export function followSession(ports: {
  readonly person: Session;
  readonly auth: Pick<RpcClients['auth'], 'getMe'>;
  readonly store: TextStore;
  readonly network: Observable<boolean>;
  readonly sync: Pick<SyncSession, 'report' | 'wake' | 'state'>;
}): Observable<Session> & { confirm(): Promise<void> } {
  const session = createObservable(ports.person, (a, b) => JSON.stringify(a) === JSON.stringify(b));
  const confirm = async () => {
    const asked = await askWhoIAm(ports.auth);
    if (!asked.ok) {
      if (asked.error.tag === 'signed_out') ports.sync.report({ type: 'sign_in_wanted' });
      return;
    }
    rememberSession(ports.store, asked.value);
    // Another company has another database: start anew with that one.
    if (asked.value.tenantId !== ports.person.tenantId) location.reload();
    session.set(asked.value);
    ports.sync.report({ type: 'signed_in' });
    ports.sync.wake();
  };
  if (ports.person.isRemembered) void confirm();
  ports.network.subscribe((isOnline) => {
    if (isOnline) void confirm();
  });
  whenConnected(ports.sync.state, () => void confirm());
  return { ...session, confirm };
}
