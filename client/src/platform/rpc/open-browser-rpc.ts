import { createRpcClients, type RpcClients } from './rpc-clients.ts';
import { createBrowserTransport } from './transport.ts';

/** All that calls of the server need, as one piece to be loaded apart from the app. */
export function openBrowserRpc(baseUrl: string): RpcClients {
  return createRpcClients(createBrowserTransport(baseUrl));
}
