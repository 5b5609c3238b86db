-- What says how an asset is, wherever it lies; and what a person says of a conflict.
ALTER TABLE movements DROP CONSTRAINT movements_kind_check;
ALTER TABLE movements ADD CONSTRAINT movements_kind_check CHECK (
  kind IN ('check_out', 'check_in', 'move', 'pack', 'unpack', 'quarantine', 'release', 'retire', 'resolve', 'undo')
);
ALTER TABLE movements ADD CONSTRAINT movements_lead_somewhere CHECK (
  (to_kind IS NULL) = (kind IN ('quarantine', 'release', 'retire', 'undo'))
);
