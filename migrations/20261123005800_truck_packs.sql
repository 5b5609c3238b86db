-- What is said of vehicles, and of what they carry for an event: `<vehicle id>` or `<vehicle id>:<event id>`.
CREATE TABLE transport_facts (
  tenant_id uuid NOT NULL,
  -- <operation id>:<position>
  id text NOT NULL,
  subject_id text NOT NULL,
  operation_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('dispatch', 'arrive', 'confirm_truck_pack', 'load', 'unload', 'undo')),
  effective_at timestamptz NOT NULL,
  device_id uuid NOT NULL,
  sequence bigint NOT NULL,
  recorded_by uuid NOT NULL,
  undoes_operation_id uuid,
  received_at timestamptz NOT NULL,
  -- What was loaded or unloaded.
  asset_id uuid,
  place_kind text CHECK (place_kind IN ('location', 'case', 'event', 'vehicle')),
  place_id uuid,
  -- JSON arrays: the events of a departure or an arrival, and what was confirmed and left behind.
  event_ids text,
  contents text,
  left_behind text,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, operation_id) REFERENCES operations (tenant_id, id)
);
CREATE INDEX transport_facts_of_subject ON transport_facts (tenant_id, subject_id);
CREATE INDEX transport_facts_of_operation ON transport_facts (tenant_id, operation_id);
CALL protect_by_tenant('transport_facts');
CALL audit_changes('transport_facts');
CALL publish_to_devices('transport_facts');

-- Derived: where a vehicle is on its way.
CREATE TABLE vehicle_states (
  tenant_id uuid NOT NULL,
  -- The vehicle's.
  id text NOT NULL,
  on_road_since timestamptz,
  place_kind text,
  place_id uuid,
  event_ids text NOT NULL,
  last_fact_id text,
  PRIMARY KEY (tenant_id, id)
);
CALL protect_by_tenant('vehicle_states');
CALL audit_changes('vehicle_states');
CALL publish_to_devices('vehicle_states');

-- Derived: the newest trip of a vehicle for an event.
CREATE TABLE truck_packs (
  tenant_id uuid NOT NULL,
  -- <vehicle id>:<event id>
  id text NOT NULL CHECK (id = vehicle_id || ':' || event_id),
  vehicle_id uuid NOT NULL,
  event_id uuid NOT NULL,
  confirmation_id text,
  confirmed_by uuid,
  confirmed_at timestamptz,
  -- JSON arrays, as confirmed; then who else confirmed, and what came and went since.
  contents text,
  list_mark text,
  left_behind text,
  witnesses text NOT NULL,
  changes text NOT NULL,
  ended_at timestamptz,
  last_fact_id text,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, vehicle_id) REFERENCES vehicles (tenant_id, id),
  FOREIGN KEY (tenant_id, event_id) REFERENCES events (tenant_id, id)
);
CREATE INDEX truck_packs_of_event ON truck_packs (tenant_id, event_id);
CALL protect_by_tenant('truck_packs');
CALL audit_changes('truck_packs');
CALL publish_to_devices('truck_packs');

ALTER TABLE conflicts DROP CONSTRAINT conflicts_class_check;
ALTER TABLE conflicts ADD CONSTRAINT conflicts_class_check CHECK (
  class IN (
    'double_check_out', 'two_cases', 'blocked_went_out', 'case_in_itself', 'unknown_code', 'bulk_short', 'same_field',
    'deleted_and_edited', 'truck_changed'
  )
);

-- What belongs into a case: into this one, or else into each of a product.
CREATE TABLE case_template_lines (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  case_id uuid,
  case_product_id uuid,
  product_id uuid NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  position integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  CHECK (num_nonnulls(case_id, case_product_id) = 1),
  FOREIGN KEY (tenant_id, case_id) REFERENCES assets (tenant_id, id),
  FOREIGN KEY (tenant_id, case_product_id) REFERENCES products (tenant_id, id),
  FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id)
);
CREATE INDEX case_template_lines_of_case ON case_template_lines (tenant_id, case_id);
CREATE INDEX case_template_lines_of_product ON case_template_lines (tenant_id, case_product_id);
CALL protect_by_tenant('case_template_lines');
CALL audit_changes('case_template_lines');
CALL publish_to_devices('case_template_lines');
