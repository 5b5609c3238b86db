-- Files that belong to operations. The row comes with the operation; the bytes follow and lie in the blob store.
CREATE TABLE attachments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  operation_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('photo', 'signature')),
  media_type text NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png')),
  byte_size integer NOT NULL CHECK (byte_size BETWEEN 1 AND 10485760),
  -- Of the bytes as the device named them; nothing else is taken in under this id.
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  width integer NOT NULL CHECK (width > 0),
  height integer NOT NULL CHECK (height > 0),
  taken_at timestamptz NOT NULL,
  uploaded_at timestamptz,
  -- Where the bytes lie, by a name that tells nothing.
  blob_name text,
  PRIMARY KEY (tenant_id, id),
  CHECK ((uploaded_at IS NULL) = (blob_name IS NULL)),
  FOREIGN KEY (tenant_id, operation_id) REFERENCES operations (tenant_id, id)
);
CREATE INDEX attachments_of_operation ON attachments (tenant_id, operation_id);
CALL protect_by_tenant('attachments');
CALL audit_changes('attachments');
CALL publish_to_devices('attachments');
