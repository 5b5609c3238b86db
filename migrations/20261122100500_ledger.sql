-- Tables that grow with every scan name the tenant only through what they belong to: a foreign key of its own would
-- lock the one row of the tenant for each new row.

-- Every operation ever received and read, with its bytes and what was said of it.
CREATE TABLE operations (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  device_id uuid NOT NULL,
  epoch uuid NOT NULL,
  sequence bigint NOT NULL,
  kind text NOT NULL,
  schema_version integer NOT NULL,
  envelope bytea NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by uuid NOT NULL,
  clock_offset_ms bigint,
  -- recorded_at, or received_at where that was earlier; set once.
  effective_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('applied', 'superseded', 'conflicted', 'refused')),
  reason text,
  PRIMARY KEY (tenant_id, id),
  -- Not led by the tenant: an index that can be entered by the tenant alone costs as much as the right one while the
  -- table is new, and a plan that walks through a whole tenant is then kept for as long as the connection lives.
  UNIQUE (device_id, epoch, sequence, tenant_id),
  FOREIGN KEY (tenant_id, device_id) REFERENCES devices (tenant_id, id),
  FOREIGN KEY (tenant_id, recorded_by) REFERENCES users (tenant_id, id)
);
CREATE INDEX operations_by_device ON operations (device_id, tenant_id, received_at);
CALL protect_by_tenant('operations');
REVOKE UPDATE ON operations FROM eventkit_app;

-- What could not be read or applied, kept with its bytes for people and for later versions.
CREATE TABLE unreadable_operations (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  device_id uuid NOT NULL,
  envelope bytea NOT NULL,
  problem text NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, device_id, id),
  FOREIGN KEY (tenant_id, device_id) REFERENCES devices (tenant_id, id)
);
CALL protect_by_tenant('unreadable_operations');
REVOKE UPDATE ON unreadable_operations FROM eventkit_app;

CREATE TABLE movements (
  tenant_id uuid NOT NULL,
  -- <operation id>:<position of the asset in the intent>
  id text NOT NULL CHECK (split_part(id, ':', 1) = operation_id::text),
  operation_id uuid NOT NULL,
  asset_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('check_out', 'check_in', 'move', 'pack', 'unpack', 'undo')),
  effective_at timestamptz NOT NULL,
  device_id uuid NOT NULL,
  sequence bigint NOT NULL,
  recorded_by uuid NOT NULL,
  to_kind text CHECK (to_kind IN ('location', 'case', 'event')),
  to_id uuid,
  disposition text CHECK (disposition IN ('ok', 'damaged', 'lost', 'consumed')),
  observed_kind text,
  observed_id uuid,
  observed_status text,
  override_reason text,
  undoes_operation_id uuid,
  note text,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CHECK ((to_kind IS NULL) = (to_id IS NULL)),
  FOREIGN KEY (tenant_id, operation_id) REFERENCES operations (tenant_id, id),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id)
);
CREATE INDEX movements_of_asset ON movements (tenant_id, asset_id, effective_at);
CREATE INDEX movements_of_operation ON movements (tenant_id, operation_id);
CREATE INDEX movements_into ON movements (tenant_id, to_id) WHERE to_kind = 'case';
CALL protect_by_tenant('movements');
CALL audit_changes('movements');
REVOKE UPDATE ON movements FROM eventkit_app;

CREATE TABLE conflicts (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id text NOT NULL,
  class text NOT NULL CHECK (class IN ('double_check_out', 'two_cases', 'blocked_went_out', 'case_in_itself', 'unknown_code')),
  status text NOT NULL CHECK (status IN ('open', 'settled')),
  asset_id uuid,
  other_asset_id uuid,
  first_movement_id text,
  second_movement_id text,
  settled_by_movement_id text,
  operation_id uuid,
  event_id uuid,
  code text,
  opened_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id),
  FOREIGN KEY (tenant_id, other_asset_id) REFERENCES assets (tenant_id, id)
);
CREATE INDEX conflicts_of_asset ON conflicts (tenant_id, asset_id);
CREATE INDEX conflicts_open ON conflicts (tenant_id, opened_at DESC) WHERE status = 'open';
CALL protect_by_tenant('conflicts');
CALL audit_changes('conflicts');
-- Derived by the fold: a late fact can make one vanish; the audit trail keeps it.
GRANT DELETE ON conflicts TO eventkit_app;
