-- Keys of programs. Of the secret, 256 random bits, only the SHA-256 is kept.
CREATE TABLE api_keys (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  prefix text NOT NULL,
  secret_hash bytea NOT NULL CHECK (length(secret_hash) = 32),
  -- `<module>:<act>`; what the person who made it may not do any more, it may not either.
  permissions text[] NOT NULL CHECK (array_position(permissions, NULL) IS NULL),
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
);
CALL protect_by_tenant('api_keys');
CALL audit_changes('api_keys');
CREATE INDEX api_keys_by_hash ON api_keys (secret_hash);
CREATE INDEX api_keys_by_creator ON api_keys (tenant_id, created_by);

-- What changes with use stands apart from what is audited.
CREATE TABLE api_key_uses (
  tenant_id uuid NOT NULL,
  api_key_id uuid NOT NULL,
  last_used_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, api_key_id),
  FOREIGN KEY (tenant_id, api_key_id) REFERENCES api_keys (tenant_id, id)
);
CALL protect_by_tenant('api_key_uses');

-- As for sessions: a key comes before its tenant is known.
CREATE POLICY api_key_look_up ON api_keys FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY api_key_look_up ON api_key_uses FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION find_api_key(wanted bytea)
  RETURNS TABLE (
    tenant_id uuid, user_id uuid, api_key_id uuid, scopes text[], role text, custom_permissions text[], is_use_noted boolean
  )
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT k.tenant_id, u.id, k.id, k.permissions, u.role, r.permissions,
      coalesce(s.last_used_at > now() - interval '1 minute', false)
    FROM public.api_keys k
    JOIN public.users u ON u.tenant_id = k.tenant_id AND u.id = k.created_by
    LEFT JOIN public.roles r ON r.tenant_id = u.tenant_id AND r.id = u.custom_role_id
    LEFT JOIN public.api_key_uses s ON s.tenant_id = k.tenant_id AND s.api_key_id = k.id
    WHERE k.secret_hash = wanted AND k.revoked_at IS NULL AND k.expires_at > now() AND u.deactivated_at IS NULL
  $$;
REVOKE ALL ON FUNCTION find_api_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_api_key TO eventkit_app;
