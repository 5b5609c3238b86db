-- The audit trail, written by one function for each table in place of one for all: it names the columns, so nothing is
-- taken apart and put together again as JSON for every row (51 µs a row before, see docs/decisions/0006).

-- A row's value as JSON text; null where it is null. Types that need no escaping skip the look-up of to_json.
CREATE FUNCTION audited_value(side text, name name, type oid) RETURNS text
  LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
  AS $$
    SELECT CASE
      WHEN type = 'uuid'::regtype THEN format('''"'' || %s.%I || ''"''', side, name)
      WHEN type IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'bool'::regtype) THEN format('%s.%I::text', side, name)
      ELSE format('to_json(%s.%I)::text', side, name)
    END
  $$;

-- The body of the trigger function for a table as it is now. `changes` is {"field": [old, new], …}.
--
-- A batch writes the rows of many operations in one statement. `eventkit.causes` says whose each row is:
-- {"<row id>": ["<operation id>", "<user id>"], …}; rows that it does not name belong to the transaction's own
-- operation and user. A guess from the row's last movement would be wrong for an undo, which has none of its own.
-- Rows that name the operation and the person that recorded them say so themselves.
CREATE FUNCTION audit_source(target regclass) RETURNS text
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog
  AS $$
DECLARE
  inserted text;
  updated text;
  deleted text;
  names_its_cause boolean;
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
    ELSE 'coalesce((causes -> %1$s.id::text ->> 1)::uuid, own_user), own_device, coalesce((causes -> %1$s.id::text ->> 0)::uuid, own_operation), own_request'
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
      %4$s
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
$body$, inserted, updated, deleted, format(cause, 'n'), format(cause, 'o'));
END
$$;

-- Statement triggers see all changed rows at once, so a batch of a thousand rows pays once. To be called again when the
-- columns of the table have changed: the catalogue test finds a table where that was forgotten.
CREATE OR REPLACE PROCEDURE audit_changes(target regclass)
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
DECLARE
  writer text := format('public.%I', 'write_audit_of_' || (SELECT relname FROM pg_class WHERE oid = target));
BEGIN
  EXECUTE format(
    'CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS %L',
    writer, public.audit_source(target)
  );
  EXECUTE format('CREATE OR REPLACE TRIGGER audit_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %s()', target, writer);
  EXECUTE format('CREATE OR REPLACE TRIGGER audit_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %s()', target, writer);
  EXECUTE format('CREATE OR REPLACE TRIGGER audit_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION %s()', target, writer);
END
$$;

DO $$
DECLARE
  audited regclass;
BEGIN
  FOR audited IN SELECT tgrelid FROM pg_trigger WHERE tgfoid = 'public.write_audit'::regproc GROUP BY tgrelid LOOP
    CALL audit_changes(audited);
  END LOOP;
END
$$;
DROP FUNCTION write_audit();
