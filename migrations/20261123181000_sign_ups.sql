-- Companies that asked to be let in (EVENTKIT_SIGN_UP) and are none yet. Nobody but the operator reads them; the row's tenant is
-- the company that it may become, so that row-level security holds one request apart from another as it does companies.
CREATE TABLE sign_ups (
  tenant_id uuid PRIMARY KEY,
  company_name text NOT NULL CHECK (length(company_name) BETWEEN 1 AND 100),
  person_name text NOT NULL CHECK (length(person_name) BETWEEN 1 AND 100),
  email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
  locale text NOT NULL CHECK (locale IN ('de', 'en')),
  time_zone text NOT NULL CHECK (length(time_zone) <= 64),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  requested_at timestamptz NOT NULL DEFAULT now(),
  -- Of the secret in the link that was mailed; null until it was.
  link_hash bytea,
  confirmed_at timestamptz,
  decided_at timestamptz,
  decision text CHECK (decision IN ('approved', 'refused')),
  -- As it was told with a refusal.
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 1000),
  -- Which mail is to go off next; null: none. The job that sends it takes this away.
  mail_due text DEFAULT 'confirm' CHECK (mail_due IN ('confirm', 'approved', 'refused')),
  CHECK ((decision IS NULL) = (decided_at IS NULL)),
  CHECK (decision IS NULL OR confirmed_at IS NOT NULL)
);
CALL protect_by_tenant('sign_ups');
GRANT DELETE ON sign_ups TO eventkit_app;
CREATE INDEX sign_ups_by_email ON sign_ups (email, requested_at);
-- Row-level security is forced on owners too.
CREATE POLICY sign_up_look_up ON sign_ups FOR SELECT TO CURRENT_USER USING (true);

-- Nobody who asks is told what this says: it only keeps one address from being sent a flood.
CREATE FUNCTION sign_ups_lately(wanted text) RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT count(*) FROM public.sign_ups s WHERE s.email = wanted AND s.requested_at > now() - interval '1 day'
  $$;

CREATE FUNCTION tenants_with_sign_up_mail() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT s.tenant_id FROM public.sign_ups s WHERE s.mail_due IS NOT NULL $$;

-- Never confirmed within a week, refused three months ago, or a company for as long (which the trail then tells of).
CREATE FUNCTION tenants_with_old_sign_ups() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT s.tenant_id FROM public.sign_ups s
    WHERE (s.confirmed_at IS NULL AND s.requested_at < now() - interval '7 days')
      OR s.decided_at < now() - interval '90 days'
  $$;

-- For the operator's command line, which is the owner: nobody else may call it.
CREATE FUNCTION all_sign_ups() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT s.tenant_id FROM public.sign_ups s $$;

REVOKE ALL ON FUNCTION sign_ups_lately, tenants_with_sign_up_mail, tenants_with_old_sign_ups, all_sign_ups FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sign_ups_lately, tenants_with_sign_up_mail, tenants_with_old_sign_ups TO eventkit_app;
