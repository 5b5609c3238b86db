-- Loose pieces: a stocktake that was approved sets the number as of its count.
ALTER TABLE bulk_movements DROP CONSTRAINT bulk_movements_kind_check;
ALTER TABLE bulk_movements ADD CONSTRAINT bulk_movements_kind_check CHECK (
  kind IN ('opening', 'move_bulk', 'count_bulk', 'approve_stocktake', 'undo')
);
-- Assets: where a stocktake found them, or that it did not.
ALTER TABLE movements DROP CONSTRAINT movements_kind_check;
ALTER TABLE movements ADD CONSTRAINT movements_kind_check CHECK (
  kind IN (
    'check_out', 'check_in', 'move', 'pack', 'unpack', 'load', 'unload', 'found', 'resolve', 'approve_stocktake', 'undo',
    'quarantine', 'release', 'retire', 'repair_start', 'repair_done', 'inspection_result', 'seal', 'open'
  )
);

-- A stocktake, named by the operation that opened it. Derived from its facts.
CREATE TABLE stocktakes (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  name text,
  -- What is to be counted, as JSON: {kind: full}, {kind: zone, locationIds}, {kind: cycle, locationIds, productIds}.
  scope text,
  -- hidden: those who count do not see what is expected.
  expectations text CHECK (expectations IN ('hidden', 'shown')),
  status text NOT NULL CHECK (status IN ('open', 'closed', 'approved')),
  opened_by uuid,
  opened_at timestamptz,
  closed_by uuid,
  closed_at timestamptz,
  close_operation_id uuid,
  approved_by uuid,
  approved_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
CALL protect_by_tenant('stocktakes');
CALL audit_changes('stocktakes');
CALL publish_to_devices('stocktakes');

CREATE TABLE stocktake_facts (
  tenant_id uuid NOT NULL,
  -- <operation id>:<position>
  id text NOT NULL,
  stocktake_id uuid NOT NULL,
  operation_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('open_stocktake', 'close_stocktake', 'approve_stocktake', 'undo')),
  effective_at timestamptz NOT NULL,
  device_id uuid NOT NULL,
  sequence bigint NOT NULL,
  recorded_by uuid NOT NULL,
  undoes_operation_id uuid,
  received_at timestamptz NOT NULL,
  name text,
  scope text,
  expectations text CHECK (expectations IN ('hidden', 'shown')),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, operation_id) REFERENCES operations (tenant_id, id)
);
CREATE INDEX stocktake_facts_of_stocktake ON stocktake_facts (tenant_id, stocktake_id);
CREATE INDEX stocktake_facts_of_operation ON stocktake_facts (tenant_id, operation_id);
CALL protect_by_tenant('stocktake_facts');
CALL audit_changes('stocktake_facts');
CALL publish_to_devices('stocktake_facts');

-- One thing, or the loose pieces of a product at a place, in one stocktake. Derived from its facts.
CREATE TABLE count_lines (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  -- <stocktake id>:asset:<asset id>, …:stock:<product id>:<place kind>:<place id>, or …:code:<code>
  id text NOT NULL,
  stocktake_id uuid NOT NULL,
  thing text NOT NULL CHECK (thing IN ('asset', 'code', 'stock')),
  asset_id uuid,
  code text,
  product_id uuid,
  place_kind text CHECK (place_kind IN ('location', 'case', 'event', 'vehicle')),
  place_id uuid,
  -- differs: counters have different numbers; recount: asked for and not done yet.
  state text NOT NULL CHECK (state IN ('counted', 'differs', 'recount', 'not_counted')),
  quantity bigint,
  seen_kind text CHECK (seen_kind IN ('location', 'case', 'event', 'vehicle')),
  seen_id uuid,
  counted_at timestamptz,
  counted_by uuid,
  counter_count integer NOT NULL,
  method text CHECK (method IN ('scan', 'tick')),
  -- What the device saw in the books when it counted.
  observed_kind text CHECK (observed_kind IN ('location', 'case', 'event', 'vehicle')),
  observed_id uuid,
  observed_status text,
  decision text CHECK (decision IN ('accept', 'leave')),
  reason text,
  reviewed_by uuid,
  reviewed_at timestamptz,
  review_operation_id uuid,
  -- What the approver confirmed, which stays as it was confirmed.
  adjustment text CHECK (adjustment IN ('found', 'missing', 'quantity')),
  adjusted_by uuid,
  adjusted_at timestamptz,
  adjusted_operation_id uuid,
  adjusted_as_of timestamptz,
  adjusted_kind text CHECK (adjusted_kind IN ('location', 'case', 'event', 'vehicle')),
  adjusted_id uuid,
  adjusted_quantity bigint,
  expected_kind text CHECK (expected_kind IN ('location', 'case', 'event', 'vehicle')),
  expected_id uuid,
  expected_status text,
  expected_quantity bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX count_lines_of_stocktake ON count_lines (tenant_id, stocktake_id);
CALL protect_by_tenant('count_lines');
CALL audit_changes('count_lines');
CALL publish_to_devices('count_lines');

CREATE TABLE count_facts (
  tenant_id uuid NOT NULL,
  -- <operation id>:<position>
  id text NOT NULL,
  line_id text NOT NULL,
  operation_id uuid NOT NULL,
  kind text NOT NULL CHECK (
    kind IN ('count_asset', 'count_quantity', 'request_recount', 'review_variance', 'approve_stocktake', 'undo')
  ),
  effective_at timestamptz NOT NULL,
  device_id uuid NOT NULL,
  sequence bigint NOT NULL,
  recorded_by uuid NOT NULL,
  undoes_operation_id uuid,
  received_at timestamptz NOT NULL,
  place_kind text CHECK (place_kind IN ('location', 'case', 'event', 'vehicle')),
  place_id uuid,
  quantity bigint,
  code text,
  method text CHECK (method IN ('scan', 'tick')),
  observed_kind text CHECK (observed_kind IN ('location', 'case', 'event', 'vehicle')),
  observed_id uuid,
  observed_status text,
  decision text CHECK (decision IN ('accept', 'leave', 'found', 'missing', 'quantity')),
  note text,
  as_of timestamptz,
  expected_quantity bigint,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, operation_id) REFERENCES operations (tenant_id, id)
);
CREATE INDEX count_facts_of_line ON count_facts (tenant_id, line_id);
CREATE INDEX count_facts_of_operation ON count_facts (tenant_id, operation_id);
CALL protect_by_tenant('count_facts');
CALL audit_changes('count_facts');
CALL publish_to_devices('count_facts');
