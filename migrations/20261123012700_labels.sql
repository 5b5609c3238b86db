-- What a code was on follows from the history of its label.
-- Which classes there are is said in shared/src/ledger/conflict.ts alone.
ALTER TABLE conflicts DROP CONSTRAINT conflicts_class_check;
ALTER TABLE conflicts ADD CONSTRAINT conflicts_class_check CHECK (class ~ '^[a-z_]{1,40}$');

-- The person who recorded a row made it; whoever changes it later is somebody else. The same as before but for that.
CREATE OR REPLACE FUNCTION audit_source(target regclass) RETURNS text
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog
  AS $$
DECLARE
  inserted text;
  updated text;
  deleted text;
  names_its_cause boolean;
  of_operation text := 'coalesce((causes -> %1$s.id::text ->> 1)::uuid, own_user), own_device, coalesce((causes -> %1$s.id::text ->> 0)::uuid, own_operation), own_request';
  cause text;
BEGIN
  SELECT
    string_agg(format('%L || %s || '']''', to_json(attname)::text || ':[null,', public.audited_value('n', attname, atttypid)), E',\n      ' ORDER BY attnum),
    string_agg(format(
      'CASE WHEN n.%1$I IS DISTINCT FROM o.%1$I THEN %2$L || coalesce(%3$s, ''null'') || '','' || coalesce(%4$s, ''null'') || '']'' END',
      attname, to_json(attname)::text || ':[', public.audited_value('o', attname, atttypid), public.audited_value('n', attname, atttypid)
    ), E',\n      ' ORDER BY attnum),
    string_agg(format('%L || %s || '',null]''', to_json(attname)::text || ':[', public.audited_value('o', attname, atttypid)), E',\n      ' ORDER BY attnum),
    count(*) FILTER (WHERE (attname, atttypid) IN (('operation_id', 'uuid'::regtype), ('recorded_by', 'uuid'::regtype))) = 2
  INTO inserted, updated, deleted, names_its_cause
  FROM pg_attribute
  WHERE attrelid = target AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('tenant_id', 'id');

  cause := CASE
    WHEN names_its_cause THEN '%1$s.recorded_by, own_device, %1$s.operation_id, own_request'
    ELSE of_operation
  END;

  RETURN format($body$
DECLARE
  causes jsonb := nullif(current_setting('eventkit.causes', true), '')::jsonb;
  own_user uuid := nullif(current_setting('eventkit.user_id', true), '')::uuid;
  own_device uuid := nullif(current_setting('eventkit.device_id', true), '')::uuid;
  own_operation uuid := nullif(current_setting('eventkit.operation_id', true), '')::uuid;
  own_request text := nullif(current_setting('eventkit.request_id', true), '');
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO public.audit_log (tenant_id, table_name, row_id, action, changes, user_id, device_id, operation_id, request_id)
    SELECT n.tenant_id, TG_TABLE_NAME, n.id::text, 'insert', ('{' || concat_ws(',',
      %1$s) || '}')::jsonb,
      %4$s
    FROM new_rows n;
  ELSIF TG_OP = 'UPDATE' THEN
    IF EXISTS (SELECT FROM new_rows n LEFT JOIN old_rows o USING (tenant_id, id) WHERE o.id IS NULL) THEN
      RAISE EXCEPTION 'the id of an audited row never changes (%%)', TG_TABLE_NAME;
    END IF;
    INSERT INTO public.audit_log (tenant_id, table_name, row_id, action, changes, user_id, device_id, operation_id, request_id)
    SELECT n.tenant_id, TG_TABLE_NAME, n.id::text, 'update', ('{' || concat_ws(',',
      %2$s) || '}')::jsonb,
      %6$s
    FROM new_rows n JOIN old_rows o USING (tenant_id, id) WHERE n IS DISTINCT FROM o;
  ELSE
    INSERT INTO public.audit_log (tenant_id, table_name, row_id, action, changes, user_id, device_id, operation_id, request_id)
    SELECT o.tenant_id, TG_TABLE_NAME, o.id::text, 'delete', ('{' || concat_ws(',',
      %3$s) || '}')::jsonb,
      %5$s
    FROM old_rows o;
  END IF;
  RETURN NULL;
END
$body$, inserted, updated, deleted, format(cause, 'n'), format(cause, 'o'), format(of_operation, 'n'));
END
$$;


-- A label that was first claimed on a device has its value as id.
ALTER TABLE labels ALTER COLUMN id TYPE text;
ALTER TABLE labels DROP CONSTRAINT labels_check;
ALTER TABLE labels ADD CONSTRAINT labels_lead_to_one CHECK (num_nonnulls(asset_id, location_id) <= 1);
-- What it led to before its first assignment; null until there is one.
ALTER TABLE labels ADD COLUMN baseline_kind text CHECK (baseline_kind IN ('asset', 'location'));
ALTER TABLE labels ADD COLUMN baseline_id uuid;
ALTER TABLE labels ADD CHECK ((baseline_kind IS NULL) = (baseline_id IS NULL));
-- Gone with the last fact that made it, when everything about a blank label is taken back.
GRANT DELETE ON labels TO eventkit_app;

CREATE TABLE label_facts (
  tenant_id uuid NOT NULL,
  -- <operation id>:<position>
  id text NOT NULL CHECK (split_part(id, ':', 1) = operation_id::text),
  value text NOT NULL CHECK (length(value) BETWEEN 1 AND 512),
  operation_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('assign_label', 'retire_label', 'undo')),
  effective_at timestamptz NOT NULL,
  device_id uuid NOT NULL,
  sequence bigint NOT NULL,
  recorded_by uuid NOT NULL,
  undoes_operation_id uuid,
  received_at timestamptz NOT NULL,
  asset_id uuid,
  location_id uuid,
  -- What the device saw the code lead to.
  observed_kind text CHECK (observed_kind IN ('asset', 'location')),
  observed_id uuid,
  PRIMARY KEY (tenant_id, id),
  CHECK (num_nonnulls(asset_id, location_id) = CASE kind WHEN 'assign_label' THEN 1 ELSE 0 END),
  CHECK ((kind = 'undo') = (undoes_operation_id IS NOT NULL)),
  FOREIGN KEY (tenant_id, operation_id) REFERENCES operations (tenant_id, id),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES storage_locations (tenant_id, id)
);
CREATE INDEX label_facts_of_label ON label_facts (tenant_id, value);
CREATE INDEX label_facts_of_operation ON label_facts (tenant_id, operation_id);
CALL protect_by_tenant('label_facts');
CALL audit_changes('label_facts');
CALL publish_to_devices('label_facts');

-- The code that was read, and what the device took it for. Which asset it was is null until somebody says so, and may
-- change with what is told of the label; nothing else of a movement ever does.
ALTER TABLE movements ALTER COLUMN asset_id DROP NOT NULL;
ALTER TABLE movements ADD COLUMN code text;
ALTER TABLE movements ADD COLUMN named_asset_id uuid;
CREATE INDEX movements_of_code ON movements (tenant_id, code) WHERE code IS NOT NULL;
CREATE INDEX movements_undoing ON movements (tenant_id, undoes_operation_id) WHERE undoes_operation_id IS NOT NULL;
GRANT UPDATE (asset_id) ON movements TO eventkit_app;

DO $$
DECLARE
  audited regclass;
BEGIN
  FOR audited IN SELECT DISTINCT tgrelid FROM pg_trigger WHERE tgname = 'audit_update' LOOP
    CALL audit_changes(audited);
  END LOOP;
END
$$;
