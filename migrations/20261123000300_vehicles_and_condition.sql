-- Vehicles are places: what is loaded onto one is on it until it is unloaded, whatever event it is for.
CREATE TABLE vehicles (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  -- What is said and painted on it, e.g. T1; scanned, it leads to the vehicle.
  code text NOT NULL CHECK (length(code) BETWEEN 1 AND 512),
  name text NOT NULL,
  plate text NOT NULL DEFAULT '',
  payload_grams bigint CHECK (payload_grams >= 0),
  cargo_length_millimetres integer CHECK (cargo_length_millimetres >= 0),
  cargo_width_millimetres integer CHECK (cargo_width_millimetres >= 0),
  cargo_height_millimetres integer CHECK (cargo_height_millimetres >= 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code)
);
CALL protect_by_tenant('vehicles');
CALL audit_changes('vehicles');
CALL publish_to_devices('vehicles');

ALTER TABLE assets DROP CONSTRAINT assets_place_kind_check;
ALTER TABLE assets ADD CONSTRAINT assets_place_kind_check CHECK (place_kind IN ('location', 'case', 'event', 'vehicle'));
ALTER TABLE assets DROP CONSTRAINT assets_status_check;
ALTER TABLE assets ADD CONSTRAINT assets_status_check CHECK (
  status IN ('in_service', 'quarantined', 'in_repair', 'lost', 'retired')
);
ALTER TABLE assets
  -- On a vehicle: the event that it is out for.
  ADD COLUMN for_event_id uuid CHECK (for_event_id IS NULL OR place_kind = 'vehicle'),
  ADD COLUMN inspection_due_at timestamptz,
  -- For a sealed case: the movement that sealed it, with the list of what was inside.
  ADD COLUMN sealed_by text;
CALL audit_changes('assets');

ALTER TABLE movements DROP CONSTRAINT movements_kind_check;
ALTER TABLE movements ADD CONSTRAINT movements_kind_check CHECK (
  kind IN (
    'check_out', 'check_in', 'move', 'pack', 'unpack', 'load', 'unload', 'found', 'resolve', 'undo',
    'quarantine', 'release', 'retire', 'repair_start', 'repair_done', 'inspection_result', 'seal', 'open'
  )
);
ALTER TABLE movements DROP CONSTRAINT movements_lead_somewhere;
ALTER TABLE movements ADD CONSTRAINT movements_lead_somewhere CHECK (
  (to_kind IS NULL) = (
    kind IN (
      'quarantine', 'release', 'retire', 'repair_start', 'repair_done', 'inspection_result', 'seal', 'open', 'undo'
    )
  )
);
ALTER TABLE movements DROP CONSTRAINT movements_to_kind_check;
ALTER TABLE movements ADD CONSTRAINT movements_to_kind_check CHECK (to_kind IN ('location', 'case', 'event', 'vehicle'));
ALTER TABLE movements
  -- For a load: the event that it is loaded for.
  ADD COLUMN event_id uuid,
  ADD COLUMN outcome text CHECK (outcome IN ('passed', 'failed')),
  ADD COLUMN inspection_due_at timestamptz,
  -- For a case that was sealed, checked out or loaded: the ids of what was believed inside, as a JSON array.
  ADD COLUMN contents text;
CALL audit_changes('movements');

-- Loose pieces ride on vehicles too.
ALTER TABLE bulk_stock DROP CONSTRAINT bulk_stock_place_kind_check;
ALTER TABLE bulk_stock ADD CONSTRAINT bulk_stock_place_kind_check CHECK (place_kind IN ('location', 'case', 'event', 'vehicle'));
ALTER TABLE bulk_movements DROP CONSTRAINT bulk_movements_other_kind_check;
ALTER TABLE bulk_movements ADD CONSTRAINT bulk_movements_other_kind_check CHECK (
  other_kind IN ('location', 'case', 'event', 'vehicle')
);
