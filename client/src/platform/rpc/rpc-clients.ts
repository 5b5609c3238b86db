import { type Client, createClient, type Transport } from '@connectrpc/connect';
import { AuthService } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import { InventoryService } from '@eventkit/proto/gen/eventkit/v1/inventory_pb.ts';
import { ScanningService } from '@eventkit/proto/gen/eventkit/v1/scanning_pb.ts';
import { SyncService } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';

/** What only the server can answer. Each call throws a ConnectError where it cannot. */
export type RpcClients = {
  readonly auth: Client<typeof AuthService>;
  readonly inventory: Client<typeof InventoryService>;
  readonly scanning: Client<typeof ScanningService>;
  readonly sync: Client<typeof SyncService>;
  /** For services of single screens: they make their own client, so that no other screen loads it. */
  readonly transport: Transport;
};

export function createRpcClients(transport: Transport): RpcClients {
  return {
    auth: createClient(AuthService, transport),
    inventory: createClient(InventoryService, transport),
    scanning: createClient(ScanningService, transport),
    sync: createClient(SyncService, transport),
    transport,
  };
}
