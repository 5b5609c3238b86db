-- The roles that the running system uses. Neither owns a table; eventkit_app cannot get round row-level security.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'eventkit_app') THEN
    CREATE ROLE eventkit_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'eventkit_sync') THEN
    CREATE ROLE eventkit_sync NOLOGIN NOSUPERUSER BYPASSRLS;
  END IF;
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO eventkit_app, eventkit_sync;

-- Who acts, as set by the transaction helper for one transaction; null outside of it.
CREATE FUNCTION current_tenant_id() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
  AS $$ SELECT nullif(current_setting('eventkit.tenant_id', true), '')::uuid $$;

-- Puts a table under row-level security: rows of the current tenant only, for reading and for writing.
CREATE PROCEDURE protect_by_tenant(target regclass)
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format(
    'CREATE POLICY own_tenant ON %s USING (tenant_id = (SELECT public.current_tenant_id())) WITH CHECK (tenant_id = (SELECT public.current_tenant_id()))',
    target
  );
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO eventkit_app', target);
  EXECUTE format('GRANT SELECT ON %s TO eventkit_sync', target);
END
$$;
REVOKE ALL ON PROCEDURE protect_by_tenant FROM PUBLIC;
