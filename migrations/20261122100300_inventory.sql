CREATE TABLE products (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  name text NOT NULL,
  manufacturer text NOT NULL DEFAULT '',
  category text NOT NULL,
  tracking text NOT NULL CHECK (tracking IN ('serialised', 'bulk', 'consumable')),
  weight_grams bigint CHECK (weight_grams >= 0),
  width_millimetres integer CHECK (width_millimetres >= 0),
  height_millimetres integer CHECK (height_millimetres >= 0),
  depth_millimetres integer CHECK (depth_millimetres >= 0),
  power_watts integer CHECK (power_watts >= 0),
  -- Where the description comes from, e.g. catalogue or synthetic.
  source text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX products_by_name ON products (tenant_id, name, id);
CALL protect_by_tenant('products');
CALL audit_changes('products');

CREATE TABLE storage_locations (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  parent_id uuid,
  kind text NOT NULL CHECK (kind IN ('depot', 'room', 'shelf', 'bin', 'dock', 'vehicle')),
  code text NOT NULL,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code),
  FOREIGN KEY (tenant_id, parent_id) REFERENCES storage_locations (tenant_id, id)
);
CALL protect_by_tenant('storage_locations');
CALL audit_changes('storage_locations');

CREATE TABLE assets (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  product_id uuid NOT NULL,
  code text NOT NULL,
  serial text,
  is_case boolean NOT NULL DEFAULT false,
  -- Where the kept history of movements starts from.
  baseline_kind text NOT NULL CHECK (baseline_kind IN ('location', 'case', 'event')),
  baseline_id uuid NOT NULL,
  -- The fold of the movements: written by operations only.
  place_kind text NOT NULL CHECK (place_kind IN ('location', 'case', 'event')),
  place_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'in_service' CHECK (status IN ('in_service', 'quarantined', 'lost', 'retired')),
  condition text NOT NULL DEFAULT 'ok' CHECK (condition IN ('ok', 'damaged')),
  last_movement_id text,
  last_moved_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code),
  FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id)
);
CREATE INDEX assets_by_product ON assets (tenant_id, product_id);
CREATE INDEX assets_by_place ON assets (tenant_id, place_id);
CALL protect_by_tenant('assets');
CALL audit_changes('assets');

-- A label's value leads to exactly one thing within a tenant; the symbology is only a note. An asset's own code needs
-- no label: it leads to the asset as long as no label with that value leads elsewhere.
CREATE TABLE labels (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  value text NOT NULL CHECK (length(value) BETWEEN 1 AND 512),
  symbology text NOT NULL DEFAULT '',
  asset_id uuid,
  location_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, value),
  CHECK (num_nonnulls(asset_id, location_id) = 1),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES storage_locations (tenant_id, id)
);
CREATE INDEX labels_by_asset ON labels (tenant_id, asset_id);
CALL protect_by_tenant('labels');
CALL audit_changes('labels');
