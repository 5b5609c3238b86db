import type { Replica, ReplicaConnection, ReplicaTransaction } from './replica.ts';

/** What a device remembers of itself; text or null, by key. */
export type DeviceState = {
  /** The statements that the replica was made by. */
  readonly shape: string | null;
  /** The statements that the indexes and triggers of its large tables were made by. */
  readonly bulk_shape: string | null;
  readonly device_id: string | null;
  readonly device_name: string | null;
  /** '1' once the server knows the device by this name. */
  readonly is_registered: string | null;
  /** Names this storage; a new storage begins to count anew. */
  readonly epoch: string | null;
  readonly last_sequence: string | null;
  /** The last instant that was given to an operation. */
  readonly last_issued_at: string | null;
  /** Server minus wall clock as last measured. */
  readonly clock_offset_ms: string | null;
  /** '1' while the person keeps the device offline. */
  readonly is_held: string | null;
  /** When the server last answered anything. */
  readonly last_heard_at: string | null;
  /** JSON of the storages that this device has lost; see lost-storages.ts. */
  readonly lost_storages: string | null;
  /** The right to work without the server, and the public key that it is checked by; see device/lease. */
  readonly lease: string | null;
  readonly lease_key: string | null;
  /** The latest time that this device has seen, milliseconds since 1970: a clock that was set back is noticed by it. */
  readonly time_seen_ms: string | null;
};

export type DeviceStateKey = keyof DeviceState;

const nothingKnown: DeviceState = {
  shape: null,
  bulk_shape: null,
  device_id: null,
  device_name: null,
  is_registered: null,
  epoch: null,
  last_sequence: null,
  last_issued_at: null,
  clock_offset_ms: null,
  is_held: null,
  last_heard_at: null,
  lost_storages: null,
  lease: null,
  lease_key: null,
  time_seen_ms: null,
};

export async function readDeviceState(
  connection: Replica | ReplicaConnection,
  keys: readonly DeviceStateKey[] = Object.keys(nothingKnown) as DeviceStateKey[],
): Promise<DeviceState> {
  const rows = await connection.getAll<{ key: DeviceStateKey; value: string | null }>(
    'SELECT key, value FROM device_state WHERE key IN (SELECT value FROM json_each(?))',
    [JSON.stringify(keys)],
  );
  return { ...nothingKnown, ...Object.fromEntries(rows.map(({ key, value }) => [key, value])) };
}

export async function writeDeviceState(
  connection: Replica | ReplicaTransaction,
  values: Partial<DeviceState>,
): Promise<void> {
  await connection.execute(
    `INSERT INTO device_state (key, value) SELECT key, atom FROM json_each(?) WHERE true
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [JSON.stringify(values)],
  );
}
