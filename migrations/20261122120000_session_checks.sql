-- From this moment the next use of the session asks the identity provider whether the person may still sign in.
-- Whoever takes the check moves the moment on in the same statement, so that no refresh token is used twice.
ALTER TABLE sessions ADD check_due_at timestamptz NOT NULL DEFAULT now() + interval '10 minutes';

DROP FUNCTION find_session(bytea);
CREATE FUNCTION find_session(wanted bytea)
  RETURNS TABLE (tenant_id uuid, user_id uuid, role text, id_token text, is_check_due boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT s.tenant_id, s.user_id, u.role, s.id_token, s.refresh_token IS NOT NULL AND s.check_due_at <= now()
    FROM public.sessions s JOIN public.users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
    WHERE s.id_hash = wanted AND s.expires_at > now() AND u.deactivated_at IS NULL
  $$;
REVOKE ALL ON FUNCTION find_session FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_session TO eventkit_app;
