-- One row per changed row of an audited table: which fields went from what to what, by whom, by which operation.
CREATE TABLE audit_log (
  tenant_id uuid NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL DEFAULT now(),
  table_name text NOT NULL,
  row_id text NOT NULL,
  action text NOT NULL CHECK (action IN ('insert', 'update', 'delete')),
  -- {"field": [old, new], …}; for inserts and deletes one side is null.
  changes jsonb NOT NULL,
  user_id uuid,
  device_id uuid,
  operation_id uuid,
  request_id text,
  PRIMARY KEY (tenant_id, at, id)
) PARTITION BY RANGE (at);
CREATE TABLE audit_log_rest PARTITION OF audit_log DEFAULT;
CREATE INDEX audit_log_of_row ON audit_log (tenant_id, table_name, row_id, at DESC);

CALL protect_by_tenant('audit_log');
CALL protect_by_tenant('audit_log_rest');
REVOKE ALL ON audit_log, audit_log_rest FROM eventkit_app, eventkit_sync;
GRANT SELECT, INSERT ON audit_log TO eventkit_app;

CREATE FUNCTION refuse_audit_change() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
BEGIN
  RAISE EXCEPTION 'audit_log is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE OR DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_log_is_never_truncated BEFORE TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- The operation comes from the transaction, or from the row itself where a batch writes for many operations at once.
CREATE FUNCTION write_audit() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
DECLARE
  batch_operation text := CASE WHEN TG_TABLE_NAME = 'assets' THEN 'last_movement_id' ELSE 'operation_id' END;
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO public.audit_log (tenant_id, table_name, row_id, action, changes, user_id, device_id, operation_id, request_id)
    SELECT (r ->> 'tenant_id')::uuid, TG_TABLE_NAME, r ->> 'id', 'insert',
      (SELECT jsonb_object_agg(key, jsonb_build_array(NULL, value)) FROM jsonb_each(r) WHERE value <> 'null' AND key NOT IN ('tenant_id', 'id')),
      nullif(current_setting('eventkit.user_id', true), '')::uuid,
      nullif(current_setting('eventkit.device_id', true), '')::uuid,
      coalesce(nullif(current_setting('eventkit.operation_id', true), ''), nullif(split_part(r ->> batch_operation, ':', 1), ''))::uuid,
      nullif(current_setting('eventkit.request_id', true), '')
    FROM (SELECT to_jsonb(n) AS r FROM new_rows n) AS x;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO public.audit_log (tenant_id, table_name, row_id, action, changes, user_id, device_id, operation_id, request_id)
    SELECT (n ->> 'tenant_id')::uuid, TG_TABLE_NAME, n ->> 'id', 'update', c.changes,
      nullif(current_setting('eventkit.user_id', true), '')::uuid,
      nullif(current_setting('eventkit.device_id', true), '')::uuid,
      coalesce(nullif(current_setting('eventkit.operation_id', true), ''), nullif(split_part(n ->> batch_operation, ':', 1), ''))::uuid,
      nullif(current_setting('eventkit.request_id', true), '')
    FROM (SELECT to_jsonb(n) AS n, to_jsonb(o) AS o FROM new_rows n JOIN old_rows o USING (tenant_id, id)) AS x
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(a.key, jsonb_build_array(b.value, a.value)) AS changes
      FROM jsonb_each(x.n) a JOIN jsonb_each(x.o) b USING (key) WHERE a.value IS DISTINCT FROM b.value
    ) AS c
    WHERE c.changes IS NOT NULL;
  ELSE
    INSERT INTO public.audit_log (tenant_id, table_name, row_id, action, changes, user_id, device_id, operation_id, request_id)
    SELECT (r ->> 'tenant_id')::uuid, TG_TABLE_NAME, r ->> 'id', 'delete',
      (SELECT jsonb_object_agg(key, jsonb_build_array(value, NULL)) FROM jsonb_each(r) WHERE value <> 'null' AND key NOT IN ('tenant_id', 'id')),
      nullif(current_setting('eventkit.user_id', true), '')::uuid,
      nullif(current_setting('eventkit.device_id', true), '')::uuid,
      nullif(current_setting('eventkit.operation_id', true), '')::uuid,
      nullif(current_setting('eventkit.request_id', true), '')
    FROM (SELECT to_jsonb(o) AS r FROM old_rows o) AS x;
  END IF;
  RETURN NULL;
END
$$;

-- Statement triggers see all changed rows at once, so a batch of a thousand rows pays once.
CREATE PROCEDURE audit_changes(target regclass)
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER audit_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit()', target);
  EXECUTE format('CREATE TRIGGER audit_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit()', target);
  EXECUTE format('CREATE TRIGGER audit_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit()', target);
END
$$;
REVOKE ALL ON PROCEDURE audit_changes FROM PUBLIC;
