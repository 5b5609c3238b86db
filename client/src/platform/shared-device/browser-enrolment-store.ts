import type { TenantId } from '@eventkit/shared/kernel/ids.ts';
import type { EnrolledPerson, EnrolmentStore } from './enrolled-person.ts';
import { newDeviceKey } from './pin-vault.ts';

const STORE = 'kept';

/** In IndexedDB, which alone keeps a key that is not given out. */
export function createBrowserEnrolmentStore(tenantId: TenantId): EnrolmentStore {
  const name = `eventkit-shared-${tenantId}`;
  let opened: Promise<IDBDatabase> | null = null;
  const open = () => {
    opened ??= openDatabase(name);
    return opened;
  };
  const read = async <T>(key: string): Promise<T | undefined> => {
    const request = (await open()).transaction(STORE).objectStore(STORE).get(key);
    return answerOf(request) as Promise<T | undefined>;
  };
  return {
    async deviceKey() {
      const known = await read<CryptoKey>('device-key');
      if (known !== undefined) return known;
      const made = await newDeviceKey();
      const store = (await open()).transaction(STORE, 'readwrite').objectStore(STORE);
      // Another tab may have been faster: the first key stays.
      const first = (await answerOf(store.get('device-key'))) as CryptoKey | undefined;
      if (first !== undefined) return first;
      await answerOf(store.put(made, 'device-key'));
      return made;
    },
    read: async () => (await read<EnrolledPerson[]>('people')) ?? [],
    async change(to) {
      const store = (await open()).transaction(STORE, 'readwrite').objectStore(STORE);
      const people = ((await answerOf(store.get('people'))) as EnrolledPerson[] | undefined) ?? [];
      await answerOf(store.put([...to(people)], 'people'));
    },
  };
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return answerOf(request);
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}
