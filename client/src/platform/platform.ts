import type { NewId } from '@eventkit/shared/kernel/ids.ts';
import type { Result } from '@eventkit/shared/kernel/result.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import type { Attachments } from './attachments/attachments.ts';
import type { TakenAttachment } from './attachments/taken-attachment.ts';
import type { DeviceIdentity } from './device/device-identity.ts';
import type { LeaseStanding } from './device/lease/lease.ts';
import type { Observable, WritableObservable } from './live/observable.ts';
import type { RecordError, RecordedOperation, UndoError } from './operations/recorded-operation.ts';
import type { Pwa } from './pwa/pwa-state.ts';
import type { Replica } from './replica/replica.ts';
import type { RpcClients } from './rpc/rpc-clients.ts';
import type { Session } from './session/session.ts';
import type { ViewedRole } from './session/viewed-role.ts';
import type { SharedDevice } from './shared-device/shared-device.ts';
import type { Sharing } from './shared-device/sharing.ts';
import type { SyncState } from './sync/sync-state.ts';

/** Everything a screen may use of the device and the server. */
export type Platform = {
  readonly replica: Replica;
  /** The role that the person looks at the app with; null: their own. A reload ends it. */
  readonly viewedRole: WritableObservable<ViewedRole | null>;
  /**
   * Who really uses the device: on a shared one whoever is at it, and while it is locked who signed it in. Screens take
   * it from `useSession`.
   */
  readonly session: Observable<Session>;
  /** Asks the server now who signed in and what holds for them, as after a change of it. */
  confirmSession(): Promise<void>;
  readonly sharing: Observable<Sharing>;
  /** Loaded when it is asked for: most devices are not shared. */
  openSharedDevice(): Promise<SharedDevice>;
  readonly device: Observable<DeviceIdentity>;
  /** Whether what the device holds may be shown. */
  readonly lease: Observable<LeaseStanding>;
  /** The id of a row that is made on this device. */
  readonly newId: NewId;
  /**
   * Resolves after the commit, or with nothing recorded. `files` are those that the intent names as its attachments:
   * they are kept in the same commit.
   */
  recordOperation(
    intent: Intent,
    files?: readonly TakenAttachment[],
  ): Promise<Result<RecordedOperation, RecordError>>;
  readonly attachments: Attachments;
  /** Takes back what this person did last here, and what before that when called again. */
  undoLast(): Promise<Result<RecordedOperation, UndoError>>;
  readonly sync: {
    readonly state: Observable<SyncState>;
    /** Keeps the device offline until told otherwise, also after a reload. */
    hold(isHeld: boolean): Promise<void>;
    /** Tries now instead of at the next chance. */
    wake(): void;
    /** Measures the clock against the server now; without network nothing changes. */
    checkClock(): Promise<void>;
    /** A person has read what was lost with an earlier storage. */
    noteLossSeen(): Promise<void>;
  };
  readonly rpc: RpcClients;
  readonly pwa: Pwa;
  /** Asks the browser to keep the storage when it runs short of room. True where it promised. */
  keepStorage(): Promise<boolean>;
  renameDevice(name: string): Promise<void>;
  /** Leaves the page for the sign-in and comes back to it. */
  signIn(): void;
  /** What was recorded stays on the device and goes up after the next sign-in to this company. */
  signOut(choice: {
    readonly evenIfUnsent: boolean;
  }): Promise<Result<void, { readonly tag: 'unsent_operations'; readonly count: number }>>;
};
