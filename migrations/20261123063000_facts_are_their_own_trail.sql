-- A fact (a movement, a count, a field edit …) is only ever added, and says itself who did it, by which operation, on
-- which device and when. Copying it into audit_log said nothing more and cost an eighth of the time of taking scans in
-- (docs/decisions/0006): its row is the first entry of its trail. What changes or removes one later is audited as before.

-- Whether rows of this table say whose they are, as facts do.
CREATE FUNCTION names_its_cause(target regclass) RETURNS boolean
  LANGUAGE sql STABLE SET search_path = pg_catalog
  AS $$
    SELECT count(*) = 3 FROM pg_attribute
    WHERE attrelid = target AND NOT attisdropped AND atttypid = 'uuid'::regtype AND attnotnull
      AND attname IN ('operation_id', 'recorded_by', 'device_id')
  $$;

-- As before, but for the first trigger. To be called again when the columns of the table have changed.
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
  IF public.names_its_cause(target) THEN
    EXECUTE format('DROP TRIGGER IF EXISTS audit_insert ON %s', target);
  ELSE
    EXECUTE format('CREATE OR REPLACE TRIGGER audit_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %s()', target, writer);
  END IF;
  EXECUTE format('CREATE OR REPLACE TRIGGER audit_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %s()', target, writer);
  EXECUTE format('CREATE OR REPLACE TRIGGER audit_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION %s()', target, writer);
END
$$;

DO $$
DECLARE
  audited regclass;
BEGIN
  FOR audited IN SELECT tgrelid FROM pg_trigger WHERE tgname = 'audit_insert' LOOP
    CALL audit_changes(audited);
  END LOOP;
END
$$;
