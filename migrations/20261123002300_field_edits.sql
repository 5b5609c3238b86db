-- The classes are those of the domain's folds, which alone write conflicts; a list here too would have to be kept the same.
ALTER TABLE conflicts DROP CONSTRAINT conflicts_class_check;
ALTER TABLE conflicts ADD CONSTRAINT conflicts_class_check CHECK (class ~ '^[a-z_]{1,40}$');

-- A line's place in its list is a fraction in base 36, so that one line moves without the others. Lines with one key
-- are ordered by their ids.
ALTER TABLE pull_list_lines ALTER COLUMN position TYPE text COLLATE "C" USING lpad(to_hex(position), 8, '0') || 'i';
ALTER TABLE pull_list_lines RENAME COLUMN position TO order_key;
ALTER TABLE pull_list_lines ADD CHECK (order_key ~ '^[0-9a-z]{0,249}[1-9a-z]$');
CREATE INDEX pull_list_lines_by_list ON pull_list_lines (tenant_id, pull_list_id);
CALL audit_changes('pull_list_lines');

-- What people said of the fields of rows. The rows themselves are derived from these and from edited_rows.
CREATE TABLE field_edits (
  tenant_id uuid NOT NULL,
  -- <operation id>:<position>
  id text NOT NULL,
  row_id uuid NOT NULL,
  operation_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('edit_fields', 'create_row', 'delete_row', 'restore_row', 'undo')),
  effective_at timestamptz NOT NULL,
  device_id uuid NOT NULL,
  sequence bigint NOT NULL,
  recorded_by uuid NOT NULL,
  undoes_operation_id uuid,
  received_at timestamptz NOT NULL,
  -- Null for an undo.
  table_name text,
  -- Null for what is said of the row as a whole.
  field text,
  -- JSON: what was seen, and what it shall be; of a whole row an object.
  saw text,
  value text,
  PRIMARY KEY (tenant_id, id),
  CHECK ((kind = 'undo') = (table_name IS NULL)),
  CHECK ((kind = 'edit_fields') = (field IS NOT NULL)),
  FOREIGN KEY (tenant_id, operation_id) REFERENCES operations (tenant_id, id)
);
CREATE INDEX field_edits_of_row ON field_edits (tenant_id, row_id);
CREATE INDEX field_edits_of_operation ON field_edits (tenant_id, operation_id);
CALL protect_by_tenant('field_edits');
CALL audit_changes('field_edits');
CALL publish_to_devices('field_edits');

-- What an edited row says without its edits, as JSON: where an undo leads back to, and what was written by other means.
CREATE TABLE edited_rows (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  table_name text NOT NULL,
  base text NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CALL protect_by_tenant('edited_rows');
CALL audit_changes('edited_rows');
CALL publish_to_devices('edited_rows');
