-- What lies in the blob store, written before its bytes are put there: bytes that no row names any more are found by this list,
-- whatever crashed meanwhile.
CREATE TABLE blobs (
  tenant_id uuid NOT NULL,
  name text NOT NULL CHECK (name ~ '^[0-9a-f-]{36}/[0-9a-f]{32}$' AND starts_with(name, tenant_id::text)),
  begun_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, name)
);
CALL protect_by_tenant('blobs');
REVOKE UPDATE ON blobs FROM eventkit_app;

-- What nothing can name any more, as its row in blobs is gone. Its bytes go next, and then this row.
CREATE TABLE ended_blobs (
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  ended_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, name)
);
CALL protect_by_tenant('ended_blobs');
REVOKE INSERT, UPDATE ON ended_blobs FROM eventkit_app;
GRANT DELETE ON ended_blobs TO eventkit_app;

-- An owner that is no superuser is held by row-level security too, and would find nothing here.
ALTER TABLE blobs NO FORCE ROW LEVEL SECURITY;
ALTER TABLE attachments NO FORCE ROW LEVEL SECURITY;
ALTER TABLE file_versions NO FORCE ROW LEVEL SECURITY;
INSERT INTO blobs (tenant_id, name, begun_at)
  SELECT tenant_id, blob_name, uploaded_at FROM attachments WHERE blob_name IS NOT NULL
  UNION ALL
  SELECT tenant_id, blob_name, uploaded_at FROM file_versions;
ALTER TABLE blobs FORCE ROW LEVEL SECURITY;
ALTER TABLE attachments FORCE ROW LEVEL SECURITY;
ALTER TABLE file_versions FORCE ROW LEVEL SECURITY;

ALTER TABLE attachments ADD UNIQUE (tenant_id, blob_name), ADD FOREIGN KEY (tenant_id, blob_name) REFERENCES blobs (tenant_id, name);
ALTER TABLE file_versions ADD UNIQUE (tenant_id, blob_name), ADD FOREIGN KEY (tenant_id, blob_name) REFERENCES blobs (tenant_id, name);

-- A file goes for good with what it is kept with, its versions with it.
ALTER TABLE files
  DROP CONSTRAINT files_tenant_id_asset_id_fkey,
  DROP CONSTRAINT files_tenant_id_product_id_fkey,
  DROP CONSTRAINT files_tenant_id_event_id_fkey,
  ADD FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id) ON DELETE CASCADE,
  ADD FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id) ON DELETE CASCADE,
  ADD FOREIGN KEY (tenant_id, event_id) REFERENCES events (tenant_id, id) ON DELETE CASCADE;
ALTER TABLE file_versions
  DROP CONSTRAINT file_versions_tenant_id_file_id_fkey,
  ADD FOREIGN KEY (tenant_id, file_id) REFERENCES files (tenant_id, id) ON DELETE CASCADE;
CREATE INDEX files_deleted ON files (tenant_id, deleted_at) WHERE deleted_at IS NOT NULL;

-- Removes files of the current company that were set aside for longer than its trash keeps things, and ends every blob that
-- nothing names; what is younger than a day may still be on its way to its row. The running system may delete none of these by
-- itself, so this runs with the owner's rights; row-level security is forced on owners too. Answers how many there were of both.
CREATE FUNCTION purge_files() RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$
DECLARE
  own uuid := public.current_tenant_id();
  purged_files integer;
  ended integer;
BEGIN
  DELETE FROM public.files f USING public.tenants t
    WHERE f.tenant_id = own AND t.id = own AND f.deleted_at < now() - make_interval(days => t.trash_days);
  GET DIAGNOSTICS purged_files = ROW_COUNT;
  WITH unnamed AS (
    DELETE FROM public.blobs b
    WHERE b.tenant_id = own AND b.begun_at < now() - interval '1 day'
      AND NOT EXISTS (SELECT FROM public.attachments a WHERE a.tenant_id = own AND a.blob_name = b.name)
      AND NOT EXISTS (SELECT FROM public.file_versions v WHERE v.tenant_id = own AND v.blob_name = b.name)
    RETURNING b.name
  )
  INSERT INTO public.ended_blobs (tenant_id, name) SELECT own, name FROM unnamed;
  GET DIAGNOSTICS ended = ROW_COUNT;
  RETURN purged_files + ended;
END
$$;

CREATE FUNCTION tenants_with_old_files() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT f.tenant_id FROM public.files f WHERE f.deleted_at < now() - interval '1 day'
    UNION
    SELECT b.tenant_id FROM public.blobs b
    WHERE b.begun_at < now() - interval '1 day'
      AND NOT EXISTS (SELECT FROM public.attachments a WHERE a.tenant_id = b.tenant_id AND a.blob_name = b.name)
      AND NOT EXISTS (SELECT FROM public.file_versions v WHERE v.tenant_id = b.tenant_id AND v.blob_name = b.name)
  $$;
CREATE FUNCTION tenants_with_ended_blobs() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT DISTINCT e.tenant_id FROM public.ended_blobs e $$;
REVOKE ALL ON FUNCTION purge_files, tenants_with_old_files, tenants_with_ended_blobs FROM PUBLIC;
GRANT EXECUTE ON FUNCTION purge_files, tenants_with_old_files, tenants_with_ended_blobs TO eventkit_app;
CREATE POLICY blob_look_up ON blobs FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY blob_look_up ON ended_blobs FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY blob_look_up ON attachments FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY blob_look_up ON files FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY blob_look_up ON file_versions FOR SELECT TO CURRENT_USER USING (true);
