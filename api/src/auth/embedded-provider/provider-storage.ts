import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** What the provider remembers: sessions, grants, tokens. */
export type ProviderStorage = {
  readonly adapter: AdapterFactory;
  /** Waits until everything is in the file. */
  flush(): Promise<void>;
};

type Entry = { readonly payload: AdapterPayload; readonly expiresAtMs: number | null };

const WRITE_AFTER_MS = 250;

/**
 * Keeps the provider's memory in one file, so that a restart signs nobody out. Written whole, a quarter of a second
 * after a change: a kill loses at most that, and costs its owner a new sign-in.
 */
export async function openProviderStorage(file: string): Promise<ProviderStorage> {
  const entries = new Map<string, Entry>(await readEntries(file));
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const write = () => {
    timer = null;
    writing = writing.then(() => writeEntries(file, dropExpired(entries)));
    return writing;
  };
  const changed = () => {
    timer ??= setTimeout(write, WRITE_AFTER_MS);
  };
  return {
    adapter: (model) => adapterOf(model, entries, changed),
    async flush() {
      if (timer !== null) {
        clearTimeout(timer);
        await write();
      }
      await writing;
    },
  };
}

function adapterOf(model: string, entries: Map<string, Entry>, changed: () => void): Adapter {
  const keyOf = (id: string) => `${model}:${id}`;
  const find = (key: string) => {
    const entry = entries.get(key);
    return entry === undefined || isExpired(entry) ? undefined : entry.payload;
  };
  const findWhere = (isWanted: (payload: AdapterPayload) => boolean) => {
    for (const [key, entry] of entries) {
      if (key.startsWith(`${model}:`) && !isExpired(entry) && isWanted(entry.payload)) return entry.payload;
    }
    return undefined;
  };
  return {
    async upsert(id, payload, expiresInS) {
      const expiresAtMs = expiresInS === undefined ? null : Date.now() + expiresInS * 1000;
      entries.set(keyOf(id), { payload: structuredClone(payload), expiresAtMs });
      changed();
    },
    find: async (id) => find(keyOf(id)),
    findByUid: async (uid) => findWhere((payload) => payload.uid === uid),
    findByUserCode: async (userCode) => findWhere((payload) => payload.userCode === userCode),
    async consume(id) {
      const entry = entries.get(keyOf(id));
      if (entry === undefined) return;
      entries.set(keyOf(id), {
        ...entry,
        payload: { ...entry.payload, consumed: Math.floor(Date.now() / 1000) },
      });
      changed();
    },
    async destroy(id) {
      entries.delete(keyOf(id));
      changed();
    },
    async revokeByGrantId(grantId) {
      for (const [key, entry] of entries) if (entry.payload.grantId === grantId) entries.delete(key);
      changed();
    },
  };
}

function isExpired({ expiresAtMs }: Entry): boolean {
  return expiresAtMs !== null && expiresAtMs <= Date.now();
}

function dropExpired(entries: Map<string, Entry>): Map<string, Entry> {
  for (const [key, entry] of entries) if (isExpired(entry)) entries.delete(key);
  return entries;
}

/** A file that cannot be read as ours starts afresh: everybody signs in again, nothing else. */
async function readEntries(file: string): Promise<[string, Entry][]> {
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
    return Array.isArray(parsed) ? parsed : [];
  } catch (thrown) {
    if (thrown instanceof SyntaxError || (thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
}

async function writeEntries(file: string, entries: ReadonlyMap<string, Entry>): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, JSON.stringify([...entries]), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
