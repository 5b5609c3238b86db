import { createClient, type Transport } from '@connectrpc/connect';
import { DeviceOrderService } from '@eventkit/proto/gen/eventkit/v1/devices_pb.ts';
import { failureOf } from '#platform/rpc/failure-of.ts';
import { smallCall } from '#platform/rpc/small-call.ts';
import { WIPE_KEY, type WipeMarker } from './wipe-marker.ts';

/** What people chose of the look of the app is nobody's data. */
const KEPT_TEXTS: readonly string[] = [WIPE_KEY, 'eventkit.theme', 'eventkit.language'];
const TRIES = 40;
const TRY_EVERY_MS = 250;

/**
 * Deletes all that the app keeps of this company in this browser, and tells the server. Nothing may be open in this page. Answers whether
 * the server knows; where it does not, the marker stands for the next start. Throws where another tab keeps its hold.
 */
export async function carryOutWipe(transport: Transport): Promise<{ readonly isTold: boolean }> {
  const { tenantId, lease } = JSON.parse(localStorage.getItem(WIPE_KEY) ?? '{}') as WipeMarker;
  await navigator.locks.request('eventkit-wipe', () => deleteAll(tenantId));
  const isTold = await tellDone(transport, lease);
  if (isTold) localStorage.removeItem(WIPE_KEY);
  return { isTold };
}

/** What this browser keeps of another company is not this one's to delete. */
async function deleteAll(tenantId: string): Promise<void> {
  await deleteFiles(tenantId);
  for (const name of await caches.keys()) await caches.delete(name);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
  for (const { name } of await indexedDB.databases()) if (name !== undefined) indexedDB.deleteDatabase(name);
  for (const key of Object.keys(localStorage)) {
    const isOfAnother = /^eventkit\.(device|storage)\./.test(key) && !key.endsWith(tenantId);
    if (!KEPT_TEXTS.includes(key) && !isOfAnother) localStorage.removeItem(key);
  }
  sessionStorage.clear();
  // The cookie of a session that still stands.
  await fetch('/auth/logout', { method: 'POST', headers: { accept: 'application/json' } }).catch(() => null);
}

async function deleteFiles(tenantId: string): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const names: string[] = [];
  for await (const name of root.keys()) names.push(name);
  for (const name of names) {
    if (name.startsWith(`eventkit-${tenantId}.db`)) await deleteFile(root, name);
    // What the database laid aside; that of a tab that is open with another company stays.
    if (name.startsWith('.ahp-')) await deleteFile(root, name).catch(() => null);
  }
}

/** A page that has just gone, or another tab that is going, holds its files for a moment longer. */
async function deleteFile(root: FileSystemDirectoryHandle, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await root.removeEntry(name, { recursive: true });
    } catch (error) {
      const { name: kind } = error as Error;
      if (kind === 'NotFoundError') return;
      if (kind !== 'NoModificationAllowedError' || attempt === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
    }
  }
}

/** False where the server was not reached. An answer of any other kind will not change. */
async function tellDone(transport: Transport, lease: string): Promise<boolean> {
  try {
    await createClient(DeviceOrderService, transport).finishWipe(
      {},
      { ...smallCall(), headers: { authorization: `Lease ${lease}` } },
    );
    return true;
  } catch (error) {
    const { tag } = failureOf(error);
    return tag !== 'unreachable' && tag !== 'server_failed';
  }
}
