import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { file_eventkit_v1_api_keys } from '@eventkit/proto/gen/eventkit/v1/api_keys_pb.ts';
import { file_eventkit_v1_audit } from '@eventkit/proto/gen/eventkit/v1/audit_pb.ts';
import { file_eventkit_v1_auth } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import { file_eventkit_v1_badges } from '@eventkit/proto/gen/eventkit/v1/badges_pb.ts';
import { file_eventkit_v1_dashboards } from '@eventkit/proto/gen/eventkit/v1/dashboards_pb.ts';
import { file_eventkit_v1_devices } from '@eventkit/proto/gen/eventkit/v1/devices_pb.ts';
import { file_eventkit_v1_files } from '@eventkit/proto/gen/eventkit/v1/files_pb.ts';
import { file_eventkit_v1_inventory } from '@eventkit/proto/gen/eventkit/v1/inventory_pb.ts';
import { file_eventkit_v1_notifications } from '@eventkit/proto/gen/eventkit/v1/notifications_pb.ts';
import { file_eventkit_v1_operation } from '@eventkit/proto/gen/eventkit/v1/operation_pb.ts';
import { file_eventkit_v1_people } from '@eventkit/proto/gen/eventkit/v1/people_pb.ts';
import { file_eventkit_v1_profile } from '@eventkit/proto/gen/eventkit/v1/profile_pb.ts';
import { file_eventkit_v1_scanning } from '@eventkit/proto/gen/eventkit/v1/scanning_pb.ts';
import { file_eventkit_v1_sync_health } from '@eventkit/proto/gen/eventkit/v1/sync_health_pb.ts';
import { file_eventkit_v1_sync } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import { file_eventkit_v1_tenants } from '@eventkit/proto/gen/eventkit/v1/tenants_pb.ts';
import { file_eventkit_v1_trash } from '@eventkit/proto/gen/eventkit/v1/trash_pb.ts';
import { expect, test } from 'vitest';
import { permissionByRpc } from './permission-by-rpc.ts';

const files = [
  file_eventkit_v1_api_keys,
  file_eventkit_v1_audit,
  file_eventkit_v1_auth,
  file_eventkit_v1_badges,
  file_eventkit_v1_dashboards,
  file_eventkit_v1_devices,
  file_eventkit_v1_files,
  file_eventkit_v1_inventory,
  file_eventkit_v1_notifications,
  file_eventkit_v1_operation,
  file_eventkit_v1_people,
  file_eventkit_v1_profile,
  file_eventkit_v1_scanning,
  file_eventkit_v1_sync,
  file_eventkit_v1_tenants,
  file_eventkit_v1_trash,
  file_eventkit_v1_sync_health,
];
const protoFolder = fileURLToPath(new URL('../../../proto/eventkit/v1', import.meta.url));

test('every RPC is in the permission table, and nothing else is', () => {
  const rpcs = files
    .flatMap((file) => file.services)
    .flatMap((service) => service.methods.map((method) => `${service.typeName}/${method.name}`));
  expect(Object.keys(permissionByRpc).toSorted()).toEqual(rpcs.toSorted());
});

test('every proto file with a service is looked at above', () => {
  const withoutService = ['error.proto', 'operations_file.proto'];
  const known = files.map((file) => `${file.name.split('/').at(-1)}.proto`);
  expect(readdirSync(protoFolder).toSorted()).toEqual([...known, ...withoutService].toSorted());
});
