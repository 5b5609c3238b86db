-- The order to delete all that a device holds. It stands on the device, so that the trail tells who gave it and when.
ALTER TABLE devices
  -- collect: it hands in first what it has not sent. now: that is lost.
  ADD wipe_kind text CHECK (wipe_kind IN ('collect', 'now')),
  ADD wipe_ordered_at timestamptz,
  -- When it set about it; from then on nobody can take the order back.
  ADD wipe_begun_at timestamptz,
  ADD wiped_at timestamptz,
  -- What it held that the server does not have, by its own word when it was last heard about the order.
  ADD wipe_left_count integer,
  ADD CONSTRAINT devices_wipe_ordered CHECK ((wipe_kind IS NULL) = (wipe_ordered_at IS NULL)),
  ADD CONSTRAINT devices_wipe_begun CHECK (wipe_begun_at IS NULL OR wipe_kind IS NOT NULL),
  ADD CONSTRAINT devices_wiped CHECK (wiped_at IS NULL OR wipe_begun_at IS NOT NULL);
CALL audit_changes('devices');
