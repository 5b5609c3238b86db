-- What is out for an event may stand in for something else that its pull list asks for: said at the dock, line by line.
CREATE TABLE line_fillings (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  -- <event id>:<asset id>
  id text NOT NULL CHECK (id = event_id || ':' || asset_id),
  event_id uuid NOT NULL,
  asset_id uuid NOT NULL,
  -- The line may be deleted, and even its making be taken back; what happened at the dock is kept all the same.
  line_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, event_id) REFERENCES events (tenant_id, id),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id)
);
CREATE INDEX line_fillings_of_event ON line_fillings (tenant_id, event_id);
CREATE INDEX line_fillings_of_asset ON line_fillings (tenant_id, asset_id);
CALL protect_by_tenant('line_fillings');
CALL audit_changes('line_fillings');
CALL publish_to_devices('line_fillings');
-- Gone where it stands in for nothing any more.
GRANT DELETE ON line_fillings TO eventkit_app;

CREATE TABLE line_filling_facts (
  tenant_id uuid NOT NULL,
  -- <operation id>:<position>
  id text NOT NULL CHECK (split_part(id, ':', 1) = operation_id::text),
  filling_id text NOT NULL,
  operation_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('fill_line', 'undo')),
  effective_at timestamptz NOT NULL,
  device_id uuid NOT NULL,
  sequence bigint NOT NULL,
  recorded_by uuid NOT NULL,
  undoes_operation_id uuid,
  received_at timestamptz NOT NULL,
  -- Null where it stands in for nothing any more.
  line_id uuid,
  PRIMARY KEY (tenant_id, id),
  CHECK ((kind = 'undo') = (undoes_operation_id IS NOT NULL)),
  FOREIGN KEY (tenant_id, operation_id) REFERENCES operations (tenant_id, id)
);
CREATE INDEX line_filling_facts_of_filling ON line_filling_facts (tenant_id, filling_id);
CREATE INDEX line_filling_facts_of_operation ON line_filling_facts (tenant_id, operation_id);
CALL protect_by_tenant('line_filling_facts');
CALL audit_changes('line_filling_facts');
CALL publish_to_devices('line_filling_facts');
