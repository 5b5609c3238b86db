-- A request brings a cookie or a token before anybody knows its tenant. These look-ups run with the owner's rights,
-- take only what nobody can guess (the hash of a 256-bit id; an identity that the provider signed) and answer one row.
CREATE FUNCTION find_session(wanted bytea)
  RETURNS TABLE (tenant_id uuid, user_id uuid, role text, id_token text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT s.tenant_id, s.user_id, u.role, s.id_token
    FROM public.sessions s JOIN public.users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
    WHERE s.id_hash = wanted AND s.expires_at > now() AND u.deactivated_at IS NULL
  $$;
REVOKE ALL ON FUNCTION find_session FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_session TO eventkit_app;
CREATE INDEX sessions_by_hash ON sessions (id_hash);

CREATE FUNCTION find_user_by_subject(wanted_issuer text, wanted_subject text)
  RETURNS TABLE (tenant_id uuid, user_id uuid, role text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT u.tenant_id, u.id, u.role FROM public.users u
    WHERE u.issuer = wanted_issuer AND u.subject = wanted_subject AND u.deactivated_at IS NULL
  $$;
REVOKE ALL ON FUNCTION find_user_by_subject FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_user_by_subject TO eventkit_app;
CREATE INDEX users_by_subject ON users (issuer, subject, tenant_id);
CREATE INDEX users_by_email ON users (lower(email));
-- As for users: row-level security is forced on owners too; one that is no superuser would find nothing.
CREATE POLICY session_look_up ON sessions FOR SELECT TO CURRENT_USER USING (true);
