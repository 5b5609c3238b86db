import { type NewId, uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import { assemblePlatform, loadParts } from './assemble-platform.ts';
import { rememberedDeviceId } from './device/remembered-device.ts';
import { isWipeBegun } from './device/wipe/wipe-marker.ts';
import type { Platform } from './platform.ts';
import type { Pwa } from './pwa/pwa-state.ts';
import { startPwa } from './pwa/start-pwa.ts';
import { openWebReplica } from './replica/open-web-replica.ts';
import type { StorageProblem } from './replica/storage-problem.ts';
import { offerSupportConsole } from './replica/support-console.ts';
import { createLazyRpcClients } from './rpc/lazy-rpc-clients.ts';
import type { RpcClients } from './rpc/rpc-clients.ts';
import { askWhoIAm } from './session/ask-who-i-am.ts';
import { readRememberedSession, rememberSession } from './session/remembered-session.ts';
import type { Session } from './session/session.ts';
import { goToSignIn, isSignOutPending, signOutAtServer } from './session/sign-in.ts';

/** What the app can do at its start. */
export type PlatformStart =
  | { readonly state: 'ready'; readonly platform: Platform }
  | { readonly state: 'signed_out'; signIn(): void }
  | { readonly state: 'unreachable'; retry(): void }
  | { readonly state: 'storage_problem'; readonly problem: StorageProblem; retry(): void }
  /** An admin had this device wiped, and it is. `isTold`: the server knows. */
  | { readonly state: 'wiped'; readonly isTold: boolean; retry(): void };

/** What the start and the screens tell each other. */
export type Opening = {
  /** Somebody is let in: what they will see can be loaded while the database opens. */
  onLetIn(): void;
  /** The first screen stands: what nobody waits for may begin. */
  readonly whenShown: Promise<void>;
};

/**
 * Opens the device for the person who is signed in. Whoever was last signed in here is let in at once, network or
 * not, and the server is asked meanwhile. Throws for bugs alone.
 */
export async function startPlatform({ onLetIn, whenShown }: Opening): Promise<PlatformStart> {
  const remembered = readRememberedSession(localStorage);
  const rpc = createLazyRpcClients(async () => {
    if (remembered !== null) await whenShown;
    const { openBrowserRpc } = await import('./rpc/open-browser-rpc.ts');
    return openBrowserRpc(location.origin);
  });
  if (isWipeBegun(localStorage)) return wipe();
  const pwa = startPwa();
  if (isSignOutPending(localStorage) && (await signOutAtServer(localStorage)) === null) return unreachable;

  if (remembered !== null) {
    onLetIn();
    return openFor(remembered, rpc, pwa, whenShown);
  }

  const asked = await askWhoIAm(rpc.auth);
  if (asked.ok) {
    rememberSession(localStorage, asked.value);
    return openFor(asked.value, rpc, pwa, whenShown);
  }
  return asked.error.tag === 'signed_out' ? { state: 'signed_out', signIn: goToSignIn } : unreachable;
}

const retry = () => location.reload();
const unreachable: PlatformStart = { state: 'unreachable', retry };

async function wipe(): Promise<PlatformStart> {
  const [{ carryOutWipe }, { createBrowserTransport }] = await Promise.all([
    import('./device/wipe/carry-out-wipe.ts'),
    import('./rpc/transport.ts'),
  ]);
  try {
    const { isTold } = await carryOutWipe(createBrowserTransport(location.origin));
    return { state: 'wiped', isTold, retry };
  } catch (error) {
    return { state: 'storage_problem', problem: { kind: 'blocked', detail: String(error) }, retry };
  }
}

const newId: NewId = () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

/** One database per company: its outbox must outlive every sign-out, and no company sees another's rows. */
async function openFor(
  person: Session,
  rpc: RpcClients,
  pwa: Pwa,
  whenShown: Promise<void>,
): Promise<PlatformStart> {
  const loading = loadParts();
  // It is awaited once the database is open; a failure counts then.
  loading.catch(() => undefined);
  const opened = await openWebReplica({
    fileName: `eventkit-${person.tenantId}.db`,
    deviceId: rememberedDeviceId(localStorage, person.tenantId, newId),
    newId,
  });
  if (!opened.ok) return { state: 'storage_problem', problem: opened.error, retry };
  offerSupportConsole(globalThis, opened.value);
  return {
    state: 'ready',
    platform: await assemblePlatform({ person, replica: opened.value, rpc, pwa, newId, loading, whenShown }),
  };
}
