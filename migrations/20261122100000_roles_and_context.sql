-- The roles that the running system takes on. Neither owns anything or gets round row-level security.
-- Roles belong to the whole server: another database on it may have made them already, or be making them now.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['eventkit_app', 'eventkit_sync'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = wanted AND (rolsuper OR rolbypassrls)) THEN
      RAISE EXCEPTION 'role % is there already and can get round row-level security: take SUPERUSER and BYPASSRLS from it', wanted;
    END IF;
    -- An owner that is no superuser must be a member to take the role on.
    IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
    END IF;
  END LOOP;
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO eventkit_app, eventkit_sync;

-- Who acts, as set by the transaction helper for one transaction; null outside of it.
CREATE FUNCTION current_tenant_id() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
  AS $$ SELECT nullif(current_setting('eventkit.tenant_id', true), '')::uuid $$;

-- Puts a table under row-level security: rows of the current tenant only, for reading and for writing.
-- The sub-select makes PostgreSQL ask for the tenant once for each statement, and use indexes on tenant_id.
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
END
$$;
REVOKE ALL ON PROCEDURE protect_by_tenant FROM PUBLIC;
