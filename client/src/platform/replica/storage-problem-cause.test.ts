import { describe, expect, it } from 'vitest';
import { failedForRoom, hasRoomInFiles } from './storage-problem-cause.ts';

const ioError = new Error('disk I/O error');
const quotaError = new DOMException(
  'The operation failed because it would exceed its quota',
  'QuotaExceededError',
);

/** File storage that fails, where told to, at a write; as in a browser, a file in the middle of one stays. */
function storage(initial: Error | null) {
  const files = new Set<string>();
  let failure = initial;
  let isOpen = false;
  const handle = {
    async createWritable() {
      isOpen = true;
      return {
        write: async () => {
          if (failure) throw failure;
        },
        close: async () => {
          isOpen = false;
        },
      };
    },
  };
  const folder = {
    async getFileHandle(name: string) {
      files.add(name);
      return handle;
    },
    async removeEntry(name: string) {
      if (isOpen) throw new DOMException('the file is open', 'NoModificationAllowedError');
      files.delete(name);
    },
  };
  const manager: Pick<StorageManager, 'getDirectory'> = {
    getDirectory: async () => folder as unknown as FileSystemDirectoryHandle,
  };
  const makeRoom = () => {
    failure = null;
  };
  return { manager, files, makeRoom };
}

describe('why a write failed', () => {
  it('is want of room where SQLite or the browser says so, without asking', async () => {
    const ask = () => Promise.reject(new Error('was asked'));
    expect(await failedForRoom(new Error('database or disk is full'), ask)).toBe(true);
    expect(await failedForRoom(quotaError, ask)).toBe(true);
    expect(await failedForRoom(new Error('no such table: outbox'), ask)).toBe(false);
  });

  it('is want of room behind an I/O error where there is none', async () => {
    expect(await failedForRoom(ioError, async () => false)).toBe(true);
    expect(await failedForRoom(ioError, async () => true)).toBe(false);
    expect(await failedForRoom(ioError, undefined)).toBe(false);
  });
});

describe('whether there is room', () => {
  it('is tried each time anew, and nothing is left behind in the end', async () => {
    const { manager, files, makeRoom } = storage(quotaError);
    expect(await hasRoomInFiles(manager)).toBe(false);
    expect(await hasRoomInFiles(manager)).toBe(false);
    makeRoom();
    expect(await hasRoomInFiles(manager)).toBe(true);
    expect([...files]).toEqual([]);
  });

  it('is not denied where something else is in the way', async () => {
    expect(await hasRoomInFiles(storage(new TypeError('createWritable is not a function')).manager)).toBe(
      true,
    );
  });
});
