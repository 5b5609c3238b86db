CREATE TABLE tenants (
  id uuid PRIMARY KEY,
  -- A tenant belongs to itself, so that one policy fits every table.
  tenant_id uuid NOT NULL GENERATED ALWAYS AS (id) STORED,
  name text NOT NULL,
  slug text NOT NULL UNIQUE,
  locale text NOT NULL DEFAULT 'en',
  time_zone text NOT NULL DEFAULT 'Europe/Vienna',
  currency text NOT NULL DEFAULT 'EUR',
  created_at timestamptz NOT NULL DEFAULT now()
);
CALL protect_by_tenant('tenants');
CALL audit_changes('tenants');
REVOKE INSERT ON tenants FROM eventkit_app;

CREATE TABLE users (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  -- Lower case, so that one person is one row however the address is typed.
  email text NOT NULL CHECK (email = lower(email)),
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('admin', 'planner', 'warehouse')),
  locale text NOT NULL DEFAULT 'en',
  -- The `sub` and issuer of the identity provider; null until the first sign-in.
  issuer text,
  subject text,
  created_at timestamptz NOT NULL DEFAULT now(),
  deactivated_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, email)
);
CALL protect_by_tenant('users');
CALL audit_changes('users');

-- Sign-in starts before the tenant is known, so this one look-up runs with the owner's rights and answers ids only.
CREATE FUNCTION find_user_by_email(wanted text) RETURNS TABLE (tenant_id uuid, user_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT u.tenant_id, u.id FROM public.users u WHERE lower(u.email) = lower(wanted) AND u.deactivated_at IS NULL $$;
REVOKE ALL ON FUNCTION find_user_by_email FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_user_by_email TO eventkit_app;
-- Row-level security is forced on owners too; one that is no superuser would find nobody.
CREATE POLICY sign_in_look_up ON users FOR SELECT TO CURRENT_USER USING (true);

CREATE TABLE devices (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  name text NOT NULL,
  registered_by uuid NOT NULL,
  registered_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, registered_by) REFERENCES users (tenant_id, id)
);
CALL protect_by_tenant('devices');
CALL audit_changes('devices');

-- What changes with every push stands apart from devices, so that it does not travel to every replica.
CREATE TABLE device_progress (
  tenant_id uuid NOT NULL,
  device_id uuid NOT NULL,
  epoch uuid NOT NULL,
  last_sequence bigint NOT NULL DEFAULT 0,
  -- Sequence numbers that the server expected and has not seen: [[from, to], …].
  gaps jsonb NOT NULL DEFAULT '[]',
  queue_length integer NOT NULL DEFAULT 0,
  app_version text NOT NULL DEFAULT '',
  clock_offset_ms bigint,
  last_contact_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, device_id, epoch),
  FOREIGN KEY (tenant_id, device_id) REFERENCES devices (tenant_id, id)
);
CALL protect_by_tenant('device_progress');

-- Tokens of the identity provider stay here; the browser holds a cookie with a random id, of which we keep the hash.
CREATE TABLE sessions (
  tenant_id uuid NOT NULL,
  id_hash bytea NOT NULL,
  user_id uuid NOT NULL,
  refresh_token text,
  id_token text,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id_hash),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CALL protect_by_tenant('sessions');
GRANT DELETE ON sessions TO eventkit_app;
