-- What a write answered, by the key that its caller gave it: the same call once more gets the same answer for a day.
CREATE TABLE idempotency_keys (
  tenant_id uuid NOT NULL,
  user_id uuid NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  rpc text NOT NULL,
  -- SHA-256 of the message: the same key with another message is a mistake of the caller.
  request_hash bytea NOT NULL,
  -- Who works on it. A call whose server died leaves its claim behind; the next one takes it over after a minute.
  claim uuid NOT NULL,
  claimed_at timestamptz NOT NULL DEFAULT now(),
  -- The encoded answer; null while the call is running.
  answer bytea,
  PRIMARY KEY (tenant_id, user_id, key),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CALL protect_by_tenant('idempotency_keys');
GRANT DELETE ON idempotency_keys TO eventkit_app;
CREATE INDEX idempotency_keys_claimed ON idempotency_keys (claimed_at, tenant_id);

-- What is older than a day goes, company by company: the server has to be told which have any.
CREATE FUNCTION tenants_with_old_idempotency_keys() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT DISTINCT k.tenant_id FROM public.idempotency_keys k WHERE k.claimed_at < now() - interval '24 hours'
  $$;
REVOKE ALL ON FUNCTION tenants_with_old_idempotency_keys FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_old_idempotency_keys TO eventkit_app;
-- As for users: row-level security is forced on owners too.
CREATE POLICY old_keys_look_up ON idempotency_keys FOR SELECT TO CURRENT_USER USING (true);
