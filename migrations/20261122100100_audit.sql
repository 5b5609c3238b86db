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
CREATE INDEX audit_log_of_row ON audit_log (tenant_id, table_name, row_id, at DESC);

CALL protect_by_tenant('audit_log');
REVOKE UPDATE ON audit_log FROM eventkit_app;

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

-- A partition can be named in a statement, and then neither its parent's policy nor the parent's statement trigger
-- counts. So nobody has rights on it, and it has both itself. Row triggers come from the parent.
CREATE PROCEDURE protect_audit_partition(target regclass)
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
BEGIN
  CALL public.protect_by_tenant(target);
  EXECUTE format('REVOKE ALL ON %s FROM eventkit_app', target);
  EXECUTE format(
    'CREATE TRIGGER audit_log_is_never_truncated BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_audit_change()',
    target
  );
END
$$;
REVOKE ALL ON PROCEDURE protect_audit_partition FROM PUBLIC;

-- Months nobody made a partition for: never refuse a write because of the trail.
CREATE TABLE audit_log_rest PARTITION OF audit_log DEFAULT;
CALL protect_audit_partition('audit_log_rest');

-- One partition a month, this month and the next three. Called at every migration; call it daily where servers run long.
CREATE PROCEDURE ensure_audit_partitions(today date DEFAULT current_date)
  LANGUAGE plpgsql SET search_path = pg_catalog SET timezone = 'UTC'
  AS $$
DECLARE
  first timestamptz;
  name text;
  is_late boolean;
BEGIN
  FOR ahead IN 0..3 LOOP
    first := date_trunc('month', today::timestamptz) + make_interval(months => ahead);
    name := 'audit_log_' || to_char(first, 'YYYY_MM');
    -- Rows that already lie in the rest would forbid the partition, and must not be moved: that month stays there.
    SELECT EXISTS (SELECT FROM public.audit_log_rest WHERE at >= first AND at < first + interval '1 month') INTO is_late;
    IF to_regclass('public.' || name) IS NULL AND NOT is_late THEN
      EXECUTE format(
        'CREATE TABLE public.%I PARTITION OF public.audit_log FOR VALUES FROM (%L) TO (%L)',
        name, first, first + interval '1 month'
      );
      EXECUTE format('CALL public.protect_audit_partition(%L)', 'public.' || name);
    END IF;
  END LOOP;
END
$$;
REVOKE ALL ON PROCEDURE ensure_audit_partitions FROM PUBLIC;

-- A batch writes the rows of many operations in one statement. `eventkit.causes` says whose each row is:
-- {"<row id>": ["<operation id>", "<user id>"], …}; rows that it does not name belong to the transaction's own
-- operation and user. A guess from the row's last movement would be wrong for an undo, which has none of its own.
CREATE FUNCTION write_audit() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
DECLARE
  causes jsonb := coalesce(nullif(current_setting('eventkit.causes', true), '')::jsonb, '{}');
  own_user uuid := nullif(current_setting('eventkit.user_id', true), '')::uuid;
  own_device uuid := nullif(current_setting('eventkit.device_id', true), '')::uuid;
  own_operation uuid := nullif(current_setting('eventkit.operation_id', true), '')::uuid;
  own_request text := nullif(current_setting('eventkit.request_id', true), '');
BEGIN
  -- OFFSET 0 keeps the rows as JSON from being made anew for every mention of them.
  IF TG_OP = 'INSERT' THEN
    INSERT INTO public.audit_log (tenant_id, table_name, row_id, action, changes, user_id, device_id, operation_id, request_id)
    SELECT tenant_id, TG_TABLE_NAME, row_id, 'insert',
      (SELECT coalesce(jsonb_object_agg(key, jsonb_build_array(NULL, value)), '{}')
       FROM jsonb_each(n) WHERE value <> 'null' AND key NOT IN ('tenant_id', 'id')),
      coalesce((cause ->> 1)::uuid, own_user), own_device, coalesce((cause ->> 0)::uuid, own_operation), own_request
    FROM (
      SELECT r.tenant_id, r.id::text AS row_id, to_jsonb(r) AS n, causes -> r.id::text AS cause
      FROM new_rows r OFFSET 0
    ) AS x;
  ELSIF TG_OP = 'UPDATE' THEN
    IF EXISTS (SELECT FROM new_rows n LEFT JOIN old_rows o USING (tenant_id, id) WHERE o.id IS NULL) THEN
      RAISE EXCEPTION 'the id of an audited row never changes (%)', TG_TABLE_NAME;
    END IF;
    INSERT INTO public.audit_log (tenant_id, table_name, row_id, action, changes, user_id, device_id, operation_id, request_id)
    SELECT tenant_id, TG_TABLE_NAME, row_id, 'update',
      (SELECT jsonb_object_agg(key, jsonb_build_array(o -> key, value))
       FROM jsonb_each(n) WHERE value IS DISTINCT FROM o -> key),
      coalesce((cause ->> 1)::uuid, own_user), own_device, coalesce((cause ->> 0)::uuid, own_operation), own_request
    FROM (
      SELECT n.tenant_id, n.id::text AS row_id, to_jsonb(n) AS n, to_jsonb(o) AS o, causes -> n.id::text AS cause
      FROM new_rows n JOIN old_rows o USING (tenant_id, id) WHERE n IS DISTINCT FROM o OFFSET 0
    ) AS x;
  ELSE
    INSERT INTO public.audit_log (tenant_id, table_name, row_id, action, changes, user_id, device_id, operation_id, request_id)
    SELECT tenant_id, TG_TABLE_NAME, row_id, 'delete',
      (SELECT coalesce(jsonb_object_agg(key, jsonb_build_array(value, NULL)), '{}')
       FROM jsonb_each(o) WHERE value <> 'null' AND key NOT IN ('tenant_id', 'id')),
      coalesce((cause ->> 1)::uuid, own_user), own_device, coalesce((cause ->> 0)::uuid, own_operation), own_request
    FROM (
      SELECT r.tenant_id, r.id::text AS row_id, to_jsonb(r) AS o, causes -> r.id::text AS cause
      FROM old_rows r OFFSET 0
    ) AS x;
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
