-- The provider's own session behind ours (`sid` of the ID token), for when the provider says that it ended. Null where the
-- provider names none, and for sessions of before: those follow the check every ten minutes.
ALTER TABLE sessions ADD provider_sid text;
CREATE INDEX sessions_by_provider_sid ON sessions (provider_sid, tenant_id) WHERE provider_sid IS NOT NULL;

-- The provider names a person or a session of its own, never a company: the server has to be told which ones it concerns.
CREATE FUNCTION tenants_of_provider_sessions(wanted_issuer text, wanted_subject text, wanted_sid text) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT DISTINCT s.tenant_id
    FROM public.sessions s JOIN public.users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
    WHERE u.issuer = wanted_issuer
      AND (wanted_subject IS NULL OR u.subject = wanted_subject)
      AND (wanted_sid IS NULL OR s.provider_sid = wanted_sid)
  $$;
REVOKE ALL ON FUNCTION tenants_of_provider_sessions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_of_provider_sessions TO eventkit_app;
