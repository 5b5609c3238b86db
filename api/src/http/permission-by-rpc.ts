import type { Permission } from '@eventkit/shared/permissions/roles.ts';

/**
 * What each RPC asks of its caller: a permission, or only that somebody is signed in, a `person` or a key too. An RPC that
 * is missing here is refused, and fails a test.
 *
 * Push asks for a person only: what was scanned has happened, so operations are judged one by one by
 * the rights of the person who recorded them, never turned away at the door.
 */
export const permissionByRpc: Readonly<Record<string, Permission | 'signed_in' | 'person'>> = {
  'eventkit.v1.ApiKeyService/ListApiKeys': 'api_keys:manage',
  'eventkit.v1.ApiKeyService/CreateApiKey': 'api_keys:manage',
  'eventkit.v1.ApiKeyService/RevokeApiKey': 'api_keys:manage',
  'eventkit.v1.AuditService/ListChanges': 'audit:read',
  'eventkit.v1.AuthService/GetMe': 'signed_in',
  'eventkit.v1.AuthService/RegisterDevice': 'person',
  'eventkit.v1.AuthService/CreateSyncToken': 'person',
  'eventkit.v1.DeviceService/RenameDevice': 'devices:manage',
  'eventkit.v1.DeviceService/RevokeDevice': 'devices:manage',
  'eventkit.v1.DeviceService/ReadmitDevice': 'devices:manage',
  'eventkit.v1.InventoryService/ListProducts': 'inventory:read',
  'eventkit.v1.InventoryService/ListAssets': 'inventory:read',
  'eventkit.v1.InventoryService/GetAsset': 'inventory:read',
  'eventkit.v1.PeopleService/ListPeople': 'users:manage',
  'eventkit.v1.PeopleService/InvitePerson': 'users:manage',
  'eventkit.v1.PeopleService/ResendInvitation': 'users:manage',
  'eventkit.v1.PeopleService/UpdatePerson': 'users:manage',
  'eventkit.v1.PeopleService/DeactivatePerson': 'users:manage',
  'eventkit.v1.PeopleService/ReactivatePerson': 'users:manage',
  'eventkit.v1.RoleService/ListRoles': 'users:manage',
  'eventkit.v1.RoleService/CreateRole': 'users:manage',
  'eventkit.v1.RoleService/UpdateRole': 'users:manage',
  'eventkit.v1.RoleService/DeleteRole': 'users:manage',
  'eventkit.v1.ScanningService/ListMovements': 'scanning:read',
  'eventkit.v1.ScanningService/ListOpenConflicts': 'scanning:read',
  'eventkit.v1.SyncHealthService/ListDeviceHealth': 'devices:manage',
  'eventkit.v1.SyncHealthService/ListKeptOperations': 'devices:manage',
  'eventkit.v1.SyncHealthService/RetryKeptOperations': 'devices:manage',
  'eventkit.v1.SyncHealthService/ExportKeptOperations': 'devices:manage',
  'eventkit.v1.SyncHealthService/ImportOperations': 'devices:manage',
  'eventkit.v1.SyncService/Push': 'person',
  'eventkit.v1.SyncService/ReportDevice': 'person',
  'eventkit.v1.SyncService/GetTime': 'signed_in',
  'eventkit.v1.SyncService/FindStream': 'person',
};
