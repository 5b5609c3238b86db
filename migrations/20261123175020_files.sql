-- Files that people keep with a thing, a product or an event: plans, manuals, contracts. The bytes lie in the blob store, each
-- version under a name that tells nothing; what was there once stays there as a version.
CREATE TABLE files (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  asset_id uuid,
  product_id uuid,
  event_id uuid,
  -- As its newest version was called where it came from.
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Set aside: out of the list, and can be brought back.
  deleted_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  CHECK (num_nonnulls(asset_id, product_id, event_id) = 1),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id),
  FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id),
  FOREIGN KEY (tenant_id, event_id) REFERENCES events (tenant_id, id)
);
CREATE INDEX files_of_asset ON files (tenant_id, asset_id) WHERE asset_id IS NOT NULL;
CREATE INDEX files_of_product ON files (tenant_id, product_id) WHERE product_id IS NOT NULL;
CREATE INDEX files_of_event ON files (tenant_id, event_id) WHERE event_id IS NOT NULL;
CALL protect_by_tenant('files');
CALL audit_changes('files');

CREATE TABLE file_versions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  file_id uuid NOT NULL,
  -- 1, 2, 3 …
  version integer NOT NULL CHECK (version > 0),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  media_type text NOT NULL,
  byte_size integer NOT NULL CHECK (byte_size > 0),
  -- Of the bytes as they lie there, cleaned where they were a picture.
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  blob_name text NOT NULL,
  uploaded_at timestamptz NOT NULL DEFAULT now(),
  uploaded_by uuid NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, file_id, version),
  FOREIGN KEY (tenant_id, file_id) REFERENCES files (tenant_id, id),
  FOREIGN KEY (tenant_id, uploaded_by) REFERENCES users (tenant_id, id)
);
CALL protect_by_tenant('file_versions');
CALL audit_changes('file_versions');
