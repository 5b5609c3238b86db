-- What a device tells of itself with each report, so that a storage that is gone shows, and what went with it.
ALTER TABLE device_progress
  -- The last number that the device has said to have given; what did not come of it waits there, or is lost.
  ADD COLUMN recorded_sequence bigint NOT NULL DEFAULT 0,
  -- recorded_at of the oldest operation that waits; null where none does, or the app does not say.
  ADD COLUMN oldest_waiting_at timestamptz,
  -- Whether the browser promised to keep the storage; null where the app does not say.
  ADD COLUMN is_storage_kept boolean,
  -- When the server first heard of this storage from the device itself, null where it only heard about it.
  ADD COLUMN started_at timestamptz;
UPDATE device_progress SET recorded_sequence = last_sequence, started_at = last_contact_at;
-- Of a storage that was lost before it was ever heard of, or whose operations came by another way.
ALTER TABLE device_progress ALTER COLUMN last_contact_at DROP NOT NULL, ALTER COLUMN last_contact_at DROP DEFAULT;
