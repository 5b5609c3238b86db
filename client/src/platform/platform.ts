import type { NewId } from '@eventkit/shared/kernel/ids.ts';
import type { Result } from '@eventkit/shared/kernel/result.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import type { Attachments } from './attachments/attachments.ts';
import type { TakenAttachment } from './attachments/taken-attachment.ts';
import type { DeviceIdentity } from './device/device-identity.ts';
import type { Observable } from './live/observable.ts';
import type { RecordError, RecordedOperation, UndoError } from './operations/recorded-operation.ts';
import type { Pwa } from './pwa/pwa-state.ts';
import type { Replica } from './replica/replica.ts';
import type { RpcClients } from './rpc/rpc-clients.ts';
import type { Session } from './session/session.ts';
import type { SyncState } from './sync/sync-state.ts';

/** Everything a screen may use of the device and the server. */
export type Platform = {
  readonly replica: Replica;
  readonly session: Observable<Session>;
  readonly device: Observable<DeviceIdentity>;
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
