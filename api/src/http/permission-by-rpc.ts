import type { Permission } from '@eventkit/shared/permissions/roles.ts';

/** `lease`: no person, but a device by the lease that it was given. */
export type WantedOfCaller = Permission | 'signed_in' | 'person' | 'lease';

/**
 * What each RPC asks of its caller: a permission, or only that somebody is signed in, a `person` or a key too. An RPC that
 * is missing here is refused, and fails a test.
 *
 * Push asks for a person only: what was scanned has happened, so operations are judged one by one by
 * the rights of the person who recorded them, never turned away at the door.
 */
export const permissionByRpc: Readonly<Record<string, WantedOfCaller>> = {
  'eventkit.v1.ApiKeyService/ListApiKeys': 'api_keys:manage',
  'eventkit.v1.ApiKeyService/CreateApiKey': 'api_keys:manage',
  'eventkit.v1.ApiKeyService/RevokeApiKey': 'api_keys:manage',
  'eventkit.v1.AuditService/ListChanges': 'audit:read',
  'eventkit.v1.AuthService/GetMe': 'signed_in',
  'eventkit.v1.AuthService/RegisterDevice': 'person',
  'eventkit.v1.AuthService/CreateSyncToken': 'person',
  'eventkit.v1.BadgeService/ListBadges': 'users:manage',
  'eventkit.v1.BadgeService/GiveBadge': 'users:manage',
  'eventkit.v1.BadgeService/WithdrawBadge': 'users:manage',
  'eventkit.v1.BadgeService/ClearPin': 'users:manage',
  'eventkit.v1.BadgeService/GetOwnPin': 'person',
  'eventkit.v1.BadgeService/SetOwnPin': 'person',
  'eventkit.v1.DashboardService/SaveLayout': 'person',
  'eventkit.v1.DeviceService/RenameDevice': 'devices:manage',
  'eventkit.v1.DeviceService/RevokeDevice': 'devices:manage',
  'eventkit.v1.DeviceService/ReadmitDevice': 'devices:manage',
  'eventkit.v1.DeviceService/OrderWipe': 'devices:manage',
  'eventkit.v1.DeviceService/WithdrawWipe': 'devices:manage',
  'eventkit.v1.DeviceOrderService/GetOrder': 'lease',
  'eventkit.v1.DeviceOrderService/BeginWipe': 'lease',
  'eventkit.v1.DeviceOrderService/FinishWipe': 'lease',
  // Files are asked for by their record: the right to read or write its kind (files/file-subject.ts).
  'eventkit.v1.FileService/ListFiles': 'signed_in',
  'eventkit.v1.FileService/CreateDownload': 'signed_in',
  'eventkit.v1.FileService/DeleteFile': 'signed_in',
  'eventkit.v1.FileService/RestoreFile': 'signed_in',
  'eventkit.v1.InventoryService/ListProducts': 'inventory:read',
  'eventkit.v1.InventoryService/ListAssets': 'inventory:read',
  'eventkit.v1.InventoryService/GetAsset': 'inventory:read',
  'eventkit.v1.NotificationService/SetRead': 'person',
  'eventkit.v1.NotificationService/GetPreferences': 'person',
  'eventkit.v1.NotificationService/SaveChoice': 'person',
  'eventkit.v1.NotificationService/SaveQuietHours': 'person',
  'eventkit.v1.NotificationService/Subscribe': 'person',
  'eventkit.v1.NotificationService/Unsubscribe': 'person',
  'eventkit.v1.PeopleService/ListPeople': 'users:manage',
  'eventkit.v1.PeopleService/InvitePerson': 'users:manage',
  'eventkit.v1.PeopleService/ResendInvitation': 'users:manage',
  'eventkit.v1.PeopleService/UpdatePerson': 'users:manage',
  'eventkit.v1.PeopleService/DeactivatePerson': 'users:manage',
  'eventkit.v1.PeopleService/ReactivatePerson': 'users:manage',
  'eventkit.v1.ProfileService/GetProfile': 'person',
  'eventkit.v1.ProfileService/UpdateProfile': 'person',
  'eventkit.v1.ProfileService/EndSession': 'person',
  'eventkit.v1.RoleService/ListRoles': 'users:manage',
  'eventkit.v1.RoleService/CreateRole': 'users:manage',
  'eventkit.v1.RoleService/UpdateRole': 'users:manage',
  'eventkit.v1.RoleService/DeleteRole': 'users:manage',
  'eventkit.v1.ScanningService/ListMovements': 'scanning:read',
  'eventkit.v1.ScanningService/ListOpenConflicts': 'scanning:read',
  'eventkit.v1.SharedDeviceService/SetDeviceShared': 'devices:manage',
  'eventkit.v1.SharedDeviceService/GetSharedDevice': 'person',
  'eventkit.v1.SharedDeviceService/EnrolPerson': 'person',
  'eventkit.v1.SyncHealthService/ListDeviceHealth': 'devices:manage',
  'eventkit.v1.SyncHealthService/ListKeptOperations': 'devices:manage',
  'eventkit.v1.SyncHealthService/RetryKeptOperations': 'devices:manage',
  'eventkit.v1.SyncHealthService/ExportKeptOperations': 'devices:manage',
  'eventkit.v1.SyncHealthService/ImportOperations': 'devices:manage',
  'eventkit.v1.SyncService/Push': 'person',
  'eventkit.v1.SyncService/HandIn': 'lease',
  'eventkit.v1.SyncService/ReportDevice': 'person',
  'eventkit.v1.SyncService/GetTime': 'signed_in',
  'eventkit.v1.SyncService/FindStream': 'person',
  // What may be deleted and brought back follows the kind of record (trash/trash-kinds.ts).
  'eventkit.v1.TrashService/ListTrash': 'signed_in',
  'eventkit.v1.TrashService/DeleteRecord': 'signed_in',
  'eventkit.v1.TrashService/RestoreRecord': 'signed_in',
  'eventkit.v1.TenantService/GetSettings': 'settings:manage',
  'eventkit.v1.TenantService/UpdateSettings': 'settings:manage',
};
