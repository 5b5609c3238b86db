-- Roles that a company makes for itself; the seven built-in ones are in the code, with what they may do.
CREATE TABLE roles (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  -- `<module>:<act>`, as the code lists them; one that a later version no longer knows gives nothing.
  permissions text[] NOT NULL CHECK (array_position(permissions, NULL) IS NULL),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id)
);
-- People tell roles apart by their names.
CREATE UNIQUE INDEX roles_by_name ON roles (tenant_id, lower(name));
CALL protect_by_tenant('roles');
CALL audit_changes('roles');
GRANT DELETE ON roles TO eventkit_app;

ALTER TABLE users DROP CONSTRAINT users_role_check;
ALTER TABLE users
  ADD CONSTRAINT users_role_check CHECK (
    role IN ('admin', 'manager', 'planner', 'warehouse', 'sales', 'crew', 'read_only', 'custom')
  ),
  ADD custom_role_id uuid,
  ADD CONSTRAINT users_custom_role_check CHECK ((role = 'custom') = (custom_role_id IS NOT NULL)),
  ADD FOREIGN KEY (tenant_id, custom_role_id) REFERENCES roles (tenant_id, id);
CALL audit_changes('users');
CREATE INDEX users_by_custom_role ON users (tenant_id, custom_role_id) WHERE custom_role_id IS NOT NULL;
-- The look-ups of sign-in run as the owner, whom row-level security binds too.
CREATE POLICY sign_in_look_up ON roles FOR SELECT TO CURRENT_USER USING (true);

DROP FUNCTION find_session(bytea);
CREATE FUNCTION find_session(wanted bytea)
  RETURNS TABLE (tenant_id uuid, user_id uuid, role text, custom_permissions text[], id_token text, is_check_due boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT s.tenant_id, s.user_id, u.role, r.permissions, s.id_token,
      s.refresh_token IS NOT NULL AND s.check_due_at <= now()
    FROM public.sessions s
    JOIN public.users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
    LEFT JOIN public.roles r ON r.tenant_id = u.tenant_id AND r.id = u.custom_role_id
    WHERE s.id_hash = wanted AND s.expires_at > now() AND u.deactivated_at IS NULL
  $$;
REVOKE ALL ON FUNCTION find_session FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_session TO eventkit_app;

DROP FUNCTION find_user_by_subject(text, text);
CREATE FUNCTION find_user_by_subject(wanted_issuer text, wanted_subject text)
  RETURNS TABLE (tenant_id uuid, user_id uuid, role text, custom_permissions text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT u.tenant_id, u.id, u.role, r.permissions
    FROM public.users u LEFT JOIN public.roles r ON r.tenant_id = u.tenant_id AND r.id = u.custom_role_id
    WHERE u.issuer = wanted_issuer AND u.subject = wanted_subject AND u.deactivated_at IS NULL
  $$;
REVOKE ALL ON FUNCTION find_user_by_subject FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_user_by_subject TO eventkit_app;
