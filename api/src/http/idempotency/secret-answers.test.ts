import { type DescMessage, ScalarType } from '@bufbuild/protobuf';
import { MethodOptions_IdempotencyLevel } from '@bufbuild/protobuf/wkt';
import { file_eventkit_v1_api_keys } from '@eventkit/proto/gen/eventkit/v1/api_keys_pb.ts';
import { file_eventkit_v1_audit } from '@eventkit/proto/gen/eventkit/v1/audit_pb.ts';
import { file_eventkit_v1_auth } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import { file_eventkit_v1_badges } from '@eventkit/proto/gen/eventkit/v1/badges_pb.ts';
import { file_eventkit_v1_dashboards } from '@eventkit/proto/gen/eventkit/v1/dashboards_pb.ts';
import { file_eventkit_v1_devices } from '@eventkit/proto/gen/eventkit/v1/devices_pb.ts';
import { file_eventkit_v1_files } from '@eventkit/proto/gen/eventkit/v1/files_pb.ts';
import { file_eventkit_v1_inventory } from '@eventkit/proto/gen/eventkit/v1/inventory_pb.ts';
import { file_eventkit_v1_notifications } from '@eventkit/proto/gen/eventkit/v1/notifications_pb.ts';
import { file_eventkit_v1_people } from '@eventkit/proto/gen/eventkit/v1/people_pb.ts';
import { file_eventkit_v1_profile } from '@eventkit/proto/gen/eventkit/v1/profile_pb.ts';
import { file_eventkit_v1_scanning } from '@eventkit/proto/gen/eventkit/v1/scanning_pb.ts';
import { file_eventkit_v1_sync_health } from '@eventkit/proto/gen/eventkit/v1/sync_health_pb.ts';
import { file_eventkit_v1_sync } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import { file_eventkit_v1_tenants } from '@eventkit/proto/gen/eventkit/v1/tenants_pb.ts';
import { file_eventkit_v1_trash } from '@eventkit/proto/gen/eventkit/v1/trash_pb.ts';
import { expect, test } from 'vitest';
import { permissionByRpc } from '#http/permission-by-rpc.ts';
import { rpcsWithSecretAnswers } from './answer-once.ts';

const services = [
  file_eventkit_v1_api_keys,
  file_eventkit_v1_audit,
  file_eventkit_v1_auth,
  file_eventkit_v1_badges,
  file_eventkit_v1_dashboards,
  file_eventkit_v1_devices,
  file_eventkit_v1_files,
  file_eventkit_v1_inventory,
  file_eventkit_v1_notifications,
  file_eventkit_v1_people,
  file_eventkit_v1_profile,
  file_eventkit_v1_scanning,
  file_eventkit_v1_sync,
  file_eventkit_v1_sync_health,
  file_eventkit_v1_tenants,
  file_eventkit_v1_trash,
].flatMap((file) => file.services);

test('every write whose answer holds a secret by name is on the list, and nothing else', () => {
  const writes = services
    .flatMap((service) => service.methods)
    .filter(({ idempotency }) => idempotency !== MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS);
  const secret = writes
    .filter(({ output }) => hasSecret(output))
    .map(({ parent, name }) => `${parent.typeName}/${name}`);
  expect(secret.toSorted()).toEqual(rpcsWithSecretAnswers.toSorted());
});

test('every RPC is looked at above', () => {
  const names = services.flatMap((service) =>
    service.methods.map(({ name }) => `${service.typeName}/${name}`),
  );
  expect(names.toSorted()).toEqual(Object.keys(permissionByRpc).toSorted());
});

function hasSecret({ fields }: DescMessage): boolean {
  return fields.some(
    (field) =>
      field.fieldKind === 'scalar' &&
      field.scalar === ScalarType.STRING &&
      /secret|token|password/.test(field.name),
  );
}
