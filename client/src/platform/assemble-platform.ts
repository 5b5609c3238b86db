import type { DeviceId, NewId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { err, ok } from '@eventkit/shared/kernel/result.ts';
import { smallCall } from '#platform/rpc/small-call.ts';
import { createAttachmentTransport } from './attachments/attachment-transport.ts';
import { createAttachmentUploader } from './attachments/attachment-uploader.ts';
import { createAttachments, loadPictures } from './attachments/attachments.ts';
import { browserClock } from './browser/browser-clock.ts';
import { followNetwork, whenResumed } from './browser/browser-network.ts';
import { firstDeviceName } from './device/first-device-name.ts';
import { noticeLostStorage } from './device/lost-storages.ts';
import { createDeviceRegistration } from './device/register-device.ts';
import { createStorageMemory } from './device/storage-memory.ts';
import { createOrderLook } from './device/wipe/look-for-order.ts';
import { createObservable, type Observable } from './live/observable.ts';
import { createLazyDeciding } from './operations/lazy-deciding.ts';
import { type RecordCapabilities, recordOperation } from './operations/record-operation.ts';
import { undoLast } from './operations/undo-last.ts';
import { countUnsent } from './outbox/outbox-store.ts';
import type { Platform } from './platform.ts';
import type { Pwa } from './pwa/pwa-state.ts';
import { readDeviceState } from './replica/device-state.ts';
import type { Replica } from './replica/replica.ts';
import { hasRoomInFiles } from './replica/storage-problem-cause.ts';
import { askToKeepStorage, lookAtStorage } from './replica/watch-storage.ts';
import type { RpcClients } from './rpc/rpc-clients.ts';
import { followSession } from './session/follow-session.ts';
import { forgetSession, whenForgotten } from './session/remembered-session.ts';
import type { Session } from './session/session.ts';
import { goToSignIn, signOutAtServer } from './session/sign-in.ts';
import type { ViewedRole } from './session/viewed-role.ts';
import { createConnector } from './sync/connector.ts';
import { createCorrectedClock } from './sync/corrected-clock.ts';
import { createReportByRpc } from './sync/device-report.ts';
import { createLazyPush } from './sync/lazy-push.ts';
import { openSiblingTabs } from './sync/sibling-tabs.ts';
import { startSyncSession } from './sync/sync-session.ts';
import { realTimers } from './sync/timers.ts';

const LOOK_AT_STORAGE_EVERY_MS = 300_000;

/** Parts that are loaded beside the opening of the database, as nothing is shown before them. */
export function loadParts() {
  return Promise.all([import('./device/lease/keep-lease.ts'), import('./shared-device/follow-sharing.ts')]);
}

/** Puts the parts of a device together in a browser; they run until the page goes. */
export async function assemblePlatform(parts: {
  readonly person: Session;
  readonly replica: Replica;
  readonly rpc: RpcClients;
  readonly pwa: Pwa;
  readonly newId: NewId;
  readonly loading: ReturnType<typeof loadParts>;
  /** The first screen stands: what nobody waits for may begin. */
  readonly whenShown: Promise<void>;
}): Promise<Platform> {
  const { replica, rpc, pwa, newId, whenShown } = parts;
  const stored = await readDeviceState(replica, ['device_id', 'clock_offset_ms']);
  // The replica's word counts: its operations are numbered under this id.
  const deviceId = stored.device_id as DeviceId;
  const rememberedOffsetMs = stored.clock_offset_ms === null ? null : Number(stored.clock_offset_ms);
  const clock = createCorrectedClock(browserClock, rememberedOffsetMs);
  const startedAt = instantOfMs(clock.nowMs());
  const memory = createStorageMemory(localStorage, parts.person.tenantId);
  await noticeLostStorage(replica, memory, startedAt);
  const network = followNetwork();
  const registration = await createDeviceRegistration({
    replica,
    auth: rpc.auth,
    deviceId,
    firstName: firstDeviceName(navigator.userAgent, deviceId),
  });
  const findDeciding = createLazyDeciding(
    async () => (await import('./operations/decide-all-kinds.ts')).decideAllKinds,
  );
  let owner: Observable<Session> = createObservable(parts.person);
  const [{ keepLease }, { followSharing }] = await parts.loading;
  const lease = await keepLease({
    replica,
    clock,
    timers: realTimers,
    holder() {
      const { tenantId, userId, isRemembered } = owner.current();
      return { tenantId, userId, deviceId, isConfirmed: !isRemembered };
    },
    onProblem: reportProblem,
  });
  const lookForOrder = createOrderLook({
    deviceClock: browserClock,
    async follow() {
      const { followOrder } = await import('./device/wipe/follow-order.ts');
      const { tenantId } = parts.person;
      if (!(await followOrder({ replica, transport: rpc.transport, tenantId, clock, store: localStorage })))
        return;
      forgetSession(localStorage);
      location.reload();
    },
    onProblem: (error) => reportProblem('ask whether the device is to be wiped', error),
  });
  const transport = createAttachmentTransport(fetch.bind(globalThis));
  const attachments = createAttachments({ replica, transport, clock, newId });
  const sync = await startSyncSession({
    replica,
    findDeciding,
    deviceId,
    appVersion,
    deviceClock: browserClock,
    clock,
    timers: realTimers,
    random: Math.random,
    push: createLazyPush(async () => {
      const { createPushByRpc } = await import('./sync/push-by-rpc.ts');
      return createPushByRpc({ sync: rpc.sync, appVersion });
    }),
    attachments: createAttachmentUploader({
      replica,
      transport,
      clock,
      timers: realTimers,
      random: Math.random,
      onProblem: reportProblem,
    }),
    askServerTime: async (signal) =>
      Number((await rpc.sync.getTime({}, smallCall(signal))).serverTimeMicros) / 1000,
    askForStream: async (signal) =>
      (await rpc.sync.findStream({ deviceId }, smallCall(signal))).isOpen ?? null,
    reportDevice: createReportByRpc({ sync: rpc.sync, deviceId, appVersion }),
    memory,
    createConnector: ({ onToken, onFailure }) =>
      createConnector({
        auth: rpc.auth,
        deviceId,
        endpoint: location.origin,
        ensureRegistered: registration.ensureRegistered,
        forgetRegistration: registration.forget,
        renewLease: lease.renew,
        onToken,
        onFailure(failure) {
          onFailure(failure);
          lookForOrder(failure);
        },
      }),
    locks: {
      async request(...asked) {
        // All that goes up and down stands in one queue with what the first screen reads.
        await whenShown;
        return navigator.locks.request(...asked);
      },
    },
    siblings: openSiblingTabs(deviceId, appVersion),
    network,
    onProblem: reportProblem,
  });
  const keepOnceSynced = () => {
    if (sync.state.current().download.hasSynced) pwa.keepForOffline();
  };
  sync.state.subscribe(keepOnceSynced);
  keepOnceSynced();
  const signedIn = followSession({
    person: parts.person,
    auth: rpc.auth,
    store: localStorage,
    network,
    sync,
  });
  owner = signedIn;
  owner.subscribe(lease.look);
  // Among what changes there is the time, once the server has told it.
  sync.state.subscribe(() => {
    if (lease.standing.current().state !== 'held') lease.look();
  });
  const { sharing, session, openSharedDevice, actor } = followSharing({
    owner,
    rpc,
    deviceId,
    state: sync.state,
    onProblem: reportProblem,
  });

  const lookAgain = async () => {
    const { isNearlyFull, isKept } = await lookAtStorage(navigator.storage);
    sync.report({ type: 'storage_looked_at', isNearlyFull, isKept });
  };
  const lookAfter = (ready: Promise<unknown>) => {
    ready.then(lookAgain).catch((error: unknown) => reportProblem('look at the storage', error));
  };
  lookAfter(whenShown.then(() => askToKeepStorage(navigator.storage)));
  setInterval(() => lookAfter(Promise.resolve()), LOOK_AT_STORAGE_EVERY_MS);
  // No scan waits for these, and they are to be here when the network goes before the whole app is kept.
  whenShown
    .then(() => Promise.all([findDeciding(['undo']), loadPictures()]))
    .catch((error: unknown) => {
      reportProblem('load the rest of the app', error);
    });
  whenResumed(() => {
    sync.noteResumed();
    lease.look();
  });
  whenForgotten(() => location.reload());

  const capabilities = (): RecordCapabilities => {
    const { userId, prove } = actor();
    return {
      replica,
      findDeciding,
      clock,
      newId,
      identity: { deviceId, userId },
      prove,
      onRecorded: sync.noteRecorded,
      hasRoom: () => hasRoomInFiles(navigator.storage),
    };
  };
  return {
    replica,
    session,
    confirmSession: signedIn.confirm,
    viewedRole: createObservable<ViewedRole | null>(null),
    sharing,
    openSharedDevice,
    device: registration.identity,
    lease: lease.standing,
    newId,
    attachments,
    async recordOperation(intent, files) {
      const recorded = await recordOperation(capabilities(), intent, files);
      if (!recorded.ok) lookAfter(Promise.resolve());
      return recorded;
    },
    undoLast: () => undoLast(capabilities(), startedAt),
    sync: {
      state: sync.state,
      hold: sync.hold,
      wake: sync.wake,
      checkClock: sync.checkClock,
      noteLossSeen: sync.noteLossSeen,
    },
    rpc,
    pwa,
    async keepStorage() {
      const isKept = await askToKeepStorage(navigator.storage);
      await lookAgain();
      return isKept;
    },
    async renameDevice(name) {
      await registration.rename(name);
      registration.ensureRegistered().catch((error: unknown) => reportProblem('tell the name', error));
    },
    signIn: goToSignIn,
    async signOut({ evenIfUnsent }) {
      const count = await countUnsent(replica);
      if (count > 0 && !evenIfUnsent) return err({ tag: 'unsent_operations', count });
      await sync.stop();
      forgetSession(localStorage);
      const ended = await signOutAtServer(localStorage);
      location.assign(ended?.redirectTo ?? '/');
      return ok(undefined);
    },
  };
}

const version: unknown = import.meta.env['VITE_APP_VERSION'];
const appVersion = typeof version === 'string' ? version : 'development';

function reportProblem(what: string, error: unknown): void {
  console.error(`could not ${what}`, error);
}
