-- The trail is chained afterwards, so that nobody who writes waits for anybody (docs/decisions/0017). A row knows the
-- transaction that wrote it; what lies below the oldest running transaction can never become more, and is linked.

-- The transaction's number, made to go on where a database was restored from a dump: a new server counts from 3 again.
CREATE FUNCTION audit_moment() RETURNS bigint
  LANGUAGE sql STABLE
  RETURN (pg_catalog.pg_current_xact_id()::text)::bigint + 0;

-- Everything before this moment has been committed, or never will be.
CREATE FUNCTION audit_horizon() RETURNS bigint
  LANGUAGE sql STABLE
  RETURN (pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text)::bigint + 0;

-- What was there before counts as written at 0. Facts are found by their operation, so they need no column.
ALTER TABLE audit_log ADD COLUMN moment bigint NOT NULL DEFAULT 0;
ALTER TABLE audit_log ALTER COLUMN moment SET DEFAULT audit_moment();
ALTER TABLE operations ADD COLUMN moment bigint NOT NULL DEFAULT 0;
ALTER TABLE operations ALTER COLUMN moment SET DEFAULT audit_moment();
-- Rows lie in the order of their moments, so a few words for each stretch of pages do; a row costs nothing more to add.
CREATE INDEX audit_log_by_moment ON audit_log USING brin (moment) WITH (pages_per_range = 32);
CREATE INDEX operations_by_moment ON operations USING brin (moment) WITH (pages_per_range = 32);

-- One link holds what a company wrote from the end of the link before it until `until_moment`.
CREATE TABLE audit_links (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  position bigint NOT NULL CHECK (position > 0),
  -- Not itself in it.
  until_moment bigint NOT NULL,
  entry_count integer NOT NULL CHECK (entry_count >= 0),
  -- SHA-256 of the entries' SHA-256s, in their order.
  entries_hash bytea NOT NULL CHECK (length(entries_hash) = 32),
  -- The first eight bytes of each of them: they say which entry it was that was tampered with.
  marks bytea NOT NULL CHECK (length(marks) = 8 * entry_count),
  linked_at timestamptz NOT NULL,
  -- SHA-256 of all of the above and of the hash of the link before.
  hash bytea NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (tenant_id, position)
);
CALL protect_by_tenant('audit_links');
REVOKE UPDATE ON audit_links FROM eventkit_app;

CREATE FUNCTION refuse_audit_link_change() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
BEGIN
  RAISE EXCEPTION 'audit_links is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_links_is_append_only BEFORE UPDATE OR DELETE ON audit_links
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_link_change();
CREATE TRIGGER audit_links_is_never_truncated BEFORE TRUNCATE ON audit_links
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_link_change();

-- Companies; each has somebody who may sign in. For a link a day whatever they wrote: a chain that was made anew is told by it.
CREATE FUNCTION tenants_with_trails() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT DISTINCT u.tenant_id FROM public.users u $$;

-- Who linked least, and up to when; 0 where somebody has no link yet.
CREATE FUNCTION audit_linked_by_all() RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT coalesce(min(coalesce((
      SELECT l.until_moment FROM public.audit_links l WHERE l.tenant_id = t.id ORDER BY l.position DESC LIMIT 1
    ), 0)), 0) FROM public.tenants_with_trails() AS t (id)
  $$;

-- Companies that wrote something within these moments.
CREATE FUNCTION tenants_to_link(since bigint, until bigint) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog SET enable_seqscan = off
  AS $$
    SELECT a.tenant_id FROM public.audit_log a WHERE a.moment >= since AND a.moment < until
    UNION SELECT o.tenant_id FROM public.operations o WHERE o.moment >= since AND o.moment < until
  $$;

REVOKE ALL ON FUNCTION audit_linked_by_all, tenants_to_link, tenants_with_trails FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_linked_by_all, tenants_to_link, tenants_with_trails TO eventkit_app;
-- Row-level security is forced on owners too.
CREATE POLICY trail_look_up ON audit_log FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY trail_look_up ON operations FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY trail_look_up ON audit_links FOR SELECT TO CURRENT_USER USING (true);

-- After a restore from a dump the server's transactions have lower numbers than those that were linked. Called at every
-- start, before anything is written.
CREATE PROCEDURE ensure_audit_moments()
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
DECLARE
  reached bigint := (SELECT coalesce(max(until_moment), 0) FROM public.audit_links);
  here bigint := pg_current_xact_id()::text::bigint;
BEGIN
  IF public.audit_moment() >= reached THEN
    RETURN;
  END IF;
  EXECUTE format('CREATE OR REPLACE FUNCTION public.audit_moment() RETURNS bigint LANGUAGE sql STABLE
    RETURN (pg_catalog.pg_current_xact_id()::text)::bigint + %s', reached - here + 1);
  EXECUTE format('CREATE OR REPLACE FUNCTION public.audit_horizon() RETURNS bigint LANGUAGE sql STABLE
    RETURN (pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text)::bigint + %s', reached - here + 1);
END
$$;
REVOKE ALL ON PROCEDURE ensure_audit_moments FROM PUBLIC;
