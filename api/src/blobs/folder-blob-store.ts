import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BlobStore, checkedName } from './blob-store.ts';

/** Windows has no such flag, and no links without an administrator. */
const READ_NO_LINK = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

/** Blobs as files below `folder`, which is made when the first one comes, readable by our own account only. */
export function createFolderBlobStore(folder: string): BlobStore {
  const fileOf = (name: string) => join(folder, checkedName(name));
  return {
    async put(name, bytes) {
      const file = fileOf(name);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      // Put in place whole, so that a kill leaves no half of it under its name.
      const part = `${file}.${randomBytes(4).toString('hex')}.part`;
      try {
        const handle = await open(part, 'wx', 0o600);
        try {
          await handle.writeFile(bytes);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(part, file);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
      await syncFolder(dirname(file));
    },
    async get(name) {
      try {
        // What somebody made a link of leads out of the folder, and is not followed.
        return new Uint8Array(await readFile(fileOf(name), { flag: READ_NO_LINK }));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    async delete(name) {
      await rm(fileOf(name), { force: true });
    },
  };
}

/** A file is only found after a power cut once its folder is on the disk too. Windows cannot open folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
