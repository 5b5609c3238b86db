-- Conflicts that are about no single asset name the subject whose facts they come from.
ALTER TABLE conflicts ADD COLUMN subject text;
-- What else the words need, as JSON text.
ALTER TABLE conflicts ADD COLUMN detail text;
ALTER TABLE conflicts DROP CONSTRAINT conflicts_class_check;
ALTER TABLE conflicts ADD CONSTRAINT conflicts_class_check CHECK (
  class IN ('double_check_out', 'two_cases', 'blocked_went_out', 'case_in_itself', 'unknown_code', 'bulk_short')
);
CALL audit_changes('conflicts');
CREATE INDEX conflicts_of_subject ON conflicts (tenant_id, subject) WHERE subject IS NOT NULL;

-- Pieces without labels of their own: how many of a product lie where. Derived from the movements.
CREATE TABLE bulk_stock (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  -- <product id>:<place kind>:<place id>
  id text NOT NULL CHECK (id = product_id || ':' || place_kind || ':' || place_id),
  product_id uuid NOT NULL,
  place_kind text NOT NULL CHECK (place_kind IN ('location', 'case', 'event')),
  place_id uuid NOT NULL,
  quantity bigint NOT NULL,
  last_movement_id text,
  last_moved_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id)
);
CREATE INDEX bulk_stock_of_product ON bulk_stock (tenant_id, product_id);
CREATE INDEX bulk_stock_at_place ON bulk_stock (tenant_id, place_id);
CALL protect_by_tenant('bulk_stock');
CALL audit_changes('bulk_stock');
CALL publish_to_devices('bulk_stock');

-- One fact for each stock that an operation speaks of: as many less here, as many more there.
CREATE TABLE bulk_movements (
  tenant_id uuid NOT NULL,
  -- <operation id>:<position>, or opening:<stock id> for what was there before the first operation
  id text NOT NULL,
  stock_id text NOT NULL,
  operation_id uuid,
  kind text NOT NULL CHECK (kind IN ('opening', 'move_bulk', 'count_bulk', 'undo')),
  effective_at timestamptz NOT NULL,
  device_id uuid,
  sequence bigint,
  recorded_by uuid,
  undoes_operation_id uuid,
  received_at timestamptz NOT NULL,
  -- More or fewer for a move, the number itself for a count, none for an undo.
  quantity bigint,
  other_kind text CHECK (other_kind IN ('location', 'case', 'event')),
  other_id uuid,
  disposition text CHECK (disposition IN ('ok', 'damaged', 'lost', 'consumed')),
  note text,
  PRIMARY KEY (tenant_id, id),
  CHECK ((kind = 'opening') = (operation_id IS NULL)),
  CHECK ((kind = 'undo') = (quantity IS NULL)),
  FOREIGN KEY (tenant_id, operation_id) REFERENCES operations (tenant_id, id)
);
CREATE INDEX bulk_movements_of_stock ON bulk_movements (tenant_id, stock_id);
CREATE INDEX bulk_movements_of_operation ON bulk_movements (tenant_id, operation_id);
CALL protect_by_tenant('bulk_movements');
CALL audit_changes('bulk_movements');
CALL publish_to_devices('bulk_movements');
