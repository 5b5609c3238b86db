-- Numbers and checksums of single operations are of use to a device that comes back for as long as somebody may have been
-- away. Of older ones only those that still have a row stay single; what is gone between two of them becomes one number.
SET ROLE eventkit_sync;

ALTER TABLE sync.checksums
  -- When the row was last written.
  ADD COLUMN kept_at timestamptz NOT NULL DEFAULT now(),
  -- Those of op_ids that stand for several operations: for all after the one before it in op_ids.
  ADD COLUMN run_ids bigint[] NOT NULL DEFAULT '{}';

-- What is served beside while this is applied goes back to schema sync if its configuration does.
ALTER TABLE IF EXISTS sync_served.checksums
  ADD COLUMN kept_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN run_ids bigint[] NOT NULL DEFAULT '{}';
ALTER TABLE IF EXISTS sync_served.state ADD COLUMN IF NOT EXISTS served_to bigint;

RESET ROLE;
