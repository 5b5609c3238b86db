-- Jobs that wait lie in the schema graphile_worker, which graphile-worker's own migrations make and change, run by the owner
-- right after ours (database/src/migrate.ts). Whoever takes jobs from there is a role that sees nothing else: what a job
-- does to rows of a company it does as eventkit_app, under row-level security, as every request does.
DO $$
BEGIN
  BEGIN
    CREATE ROLE eventkit_jobs NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
  END;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'eventkit_jobs' AND (rolsuper OR rolbypassrls)) THEN
    RAISE EXCEPTION 'role eventkit_jobs is there already and can get round row-level security: take SUPERUSER and BYPASSRLS from it';
  END IF;
  IF NOT pg_has_role(current_user, 'eventkit_jobs', 'MEMBER') THEN
    GRANT eventkit_jobs TO CURRENT_USER;
  END IF;
END
$$;

-- Called after each run of graphile-worker's migrations, as a new version may bring new tables. It puts its tables under
-- row-level security and names no policy, so that its owner alone could work with them.
CREATE PROCEDURE open_job_queue()
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
DECLARE
  found record;
BEGIN
  GRANT USAGE ON SCHEMA graphile_worker TO eventkit_jobs;
  REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker FROM PUBLIC;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO eventkit_jobs;
  FOR found IN
    SELECT c.oid::regclass AS name, c.relname, c.relkind, c.relrowsecurity FROM pg_class c
    WHERE c.relnamespace = 'graphile_worker'::regnamespace AND c.relkind IN ('r', 'v')
  LOOP
    IF found.relkind = 'v' OR found.relname = 'migrations' THEN
      EXECUTE format('GRANT SELECT ON %s TO eventkit_jobs', found.name);
      CONTINUE;
    END IF;
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO eventkit_jobs', found.name);
    IF found.relrowsecurity AND NOT EXISTS (
      SELECT FROM pg_policy p WHERE p.polrelid = found.name AND p.polname = 'jobs'
    ) THEN
      EXECUTE format('CREATE POLICY jobs ON %s TO eventkit_jobs USING (true) WITH CHECK (true)', found.name);
    END IF;
  END LOOP;
END
$$;
REVOKE ALL ON PROCEDURE open_job_queue FROM PUBLIC;

-- Sessions go company by company once they have ended: the server has to be told which have any.
CREATE FUNCTION tenants_with_ended_sessions() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT DISTINCT s.tenant_id FROM public.sessions s WHERE s.expires_at < now()
  $$;
REVOKE ALL ON FUNCTION tenants_with_ended_sessions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_ended_sessions TO eventkit_app;
CREATE INDEX sessions_by_end ON sessions (expires_at, tenant_id);
