import type { DeviceId, NewId } from '@eventkit/shared/kernel/ids.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { createConsoleLogger, LogLevels } from '@powersync/common';
import { PowerSyncDatabase, WASQLiteVFS } from '@powersync/web';
import { assertDurable } from './assert-durable.ts';
import { migrateDevice } from './device-migrations.ts';
import { sizePages } from './page-size.ts';
import { createReplicaSchema } from './raw-tables.ts';
import type { Replica } from './replica.ts';
import { isStorageFull, type StorageProblem } from './storage-problem.ts';

/** A tab that dies lets go of the files at once; longer than this means that one is frozen with them. */
const OPEN_WITHIN_MS = 20_000;
const CACHED_STATEMENTS = 100;

/**
 * Opens the local database of this browser on the origin's private file system. Never falls back to a slower or
 * weaker storage in silence: what is in the way comes back as a problem with a screen of its own.
 */
export async function openWebReplica(options: {
  readonly fileName: string;
  readonly deviceId: DeviceId;
  readonly newId: NewId;
}): Promise<Result<Replica, StorageProblem>> {
  const missing = await missingStorage();
  if (missing !== null) return err(missing);
  const replica = new PowerSyncDatabase({
    schema: createReplicaSchema(),
    database: {
      dbFilename: options.fileName,
      vfs: WASQLiteVFS.OPFSCoopSyncVFS,
      preparedStatementsCache: CACHED_STATEMENTS,
      // The SDK's worker for all tabs lives in the process of one of them. Where that one dies, the others call into
      // nothing and wait for ever, connecting anew included. One tab leads instead, as on phones (`leading-tab.ts`).
      enableMultiTabs: false,
    },
    logger: createConsoleLogger({ minLevel: LogLevels.warn }),
  });
  try {
    await withinTime(openAndPrepare(replica, options));
    return ok(replica);
  } catch (error) {
    return err(problemOf(error));
  }
}

async function openAndPrepare(
  replica: Replica,
  options: { readonly deviceId: DeviceId; readonly newId: NewId },
): Promise<void> {
  await replica.init();
  await sizePages(replica);
  await assertDurable(replica);
  await migrateDevice(replica, options);
}

async function missingStorage(): Promise<StorageProblem | null> {
  if (!window.isSecureContext) return { kind: 'insecure_context', detail: location.origin };
  if (typeof navigator.storage?.getDirectory !== 'function') {
    return { kind: 'no_opfs', detail: navigator.userAgent };
  }
  try {
    await navigator.storage.getDirectory();
    return null;
  } catch (error) {
    // A private window of some browsers has the function and refuses the call.
    return { kind: 'no_opfs', detail: String(error) };
  }
}

class TookTooLong extends Error {}

async function withinTime(work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong('the database did not open in time')), OPEN_WITHIN_MS);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function problemOf(error: unknown): StorageProblem {
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (isStorageFull(error)) return { kind: 'full', detail };
  return { kind: error instanceof TookTooLong ? 'blocked' : 'broken', detail };
}
