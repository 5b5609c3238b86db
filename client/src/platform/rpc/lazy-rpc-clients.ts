import type { RpcClients } from './rpc-clients.ts';

/**
 * Clients whose code is loaded with the first call, so that none of it stands between a start and the first scan.
 * Where it cannot be loaded the call fails as one does without network, and the next one tries again.
 */
export function createLazyRpcClients(load: () => Promise<RpcClients>): RpcClients {
  let loading: Promise<RpcClients> | null = null;
  const loaded = () => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
  return {
    auth: lazily(async () => (await loaded()).auth),
    inventory: lazily(async () => (await loaded()).inventory),
    scanning: lazily(async () => (await loaded()).scanning),
    sync: lazily(async () => (await loaded()).sync),
    transport: lazily(async () => (await loaded()).transport),
  };
}

/** Stands for something that has asynchronous methods alone. */
function lazily<Target extends object>(load: () => Promise<Target>): Target {
  return new Proxy({} as Target, {
    get: (_, name) =>
      // Whoever awaits it must not take it for a promise.
      name === 'then' ? undefined : async (...given: unknown[]) => call(await load(), name, given),
  });
}

function call(target: object, name: string | symbol, given: readonly unknown[]): unknown {
  const method: unknown = Reflect.get(target, name);
  if (typeof method !== 'function') throw new TypeError(`${String(name)} is no method`);
  return Reflect.apply(method, target, given);
}
