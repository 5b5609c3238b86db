-- Who brought what is kept unread, and what came of trying it again. Of what was kept before, only who registered its
-- device is known.
ALTER TABLE unreadable_operations ADD COLUMN sent_by uuid, ADD COLUMN retried_at timestamptz;
UPDATE unreadable_operations u SET sent_by = d.registered_by
  FROM devices d WHERE d.tenant_id = u.tenant_id AND d.id = u.device_id;
ALTER TABLE unreadable_operations ALTER COLUMN sent_by SET NOT NULL;
ALTER TABLE unreadable_operations ADD FOREIGN KEY (tenant_id, sent_by) REFERENCES users (tenant_id, id);
CREATE INDEX unreadable_operations_received ON unreadable_operations (tenant_id, received_at, id);
-- The bytes stay for ever as they came; what is said of them may change with each try.
GRANT UPDATE (problem, retried_at) ON unreadable_operations TO eventkit_app;

-- At its start the server tries again what is kept, company by company: it has to be told which have any.
CREATE FUNCTION tenants_with_kept_operations() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT DISTINCT u.tenant_id FROM public.unreadable_operations u $$;
REVOKE ALL ON FUNCTION tenants_with_kept_operations FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_kept_operations TO eventkit_app;
-- As for users: row-level security is forced on owners too.
CREATE POLICY kept_look_up ON unreadable_operations FOR SELECT TO CURRENT_USER USING (true);
