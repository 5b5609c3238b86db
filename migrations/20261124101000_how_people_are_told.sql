-- In which ways a person wants to be told of a kind; without a row what notification_kinds() says holds.
CREATE TABLE notification_preferences (
  tenant_id uuid NOT NULL,
  user_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind ~ '^[a-z_]{1,40}$'),
  -- In the list of the app.
  is_listed boolean NOT NULL,
  is_pushed boolean NOT NULL,
  -- In the mail of the morning.
  is_mailed boolean NOT NULL,
  PRIMARY KEY (tenant_id, user_id, kind),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CALL protect_by_tenant('notification_preferences');

-- When nothing is pushed to a person, in minutes since midnight where they are: from may be after until, over midnight.
CREATE TABLE quiet_hours (
  tenant_id uuid NOT NULL,
  user_id uuid NOT NULL,
  from_minute smallint NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
  until_minute smallint NOT NULL CHECK (until_minute BETWEEN 0 AND 1439),
  PRIMARY KEY (tenant_id, user_id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CALL protect_by_tenant('quiet_hours');
GRANT DELETE ON quiet_hours TO eventkit_app;

-- Where a person's browser is reached. It ends with the session that asked for it, and with the device.
CREATE TABLE push_subscriptions (
  tenant_id uuid NOT NULL,
  device_id uuid NOT NULL,
  user_id uuid NOT NULL,
  session_hash bytea NOT NULL,
  endpoint text NOT NULL CHECK (length(endpoint) <= 1000),
  p256dh text NOT NULL CHECK (length(p256dh) <= 100),
  auth text NOT NULL CHECK (length(auth) <= 40),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, device_id),
  FOREIGN KEY (tenant_id, device_id) REFERENCES devices (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, session_hash) REFERENCES sessions (tenant_id, id_hash) ON DELETE CASCADE
);
CREATE INDEX push_subscriptions_of_user ON push_subscriptions (tenant_id, user_id);
CREATE INDEX push_subscriptions_of_session ON push_subscriptions (tenant_id, session_hash);
CALL protect_by_tenant('push_subscriptions');
GRANT DELETE ON push_subscriptions TO eventkit_app;

-- The key by which push services know this installation; made at its first start, and lost with no server of it.
CREATE TABLE push_keys (
  -- There is one.
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  -- A private ES256 key as JWK.
  jwk jsonb NOT NULL
);

-- Null where the person wants it in the list of the app.
ALTER TABLE notifications ADD unlisted_at timestamptz;

-- What is to be pushed or mailed yet.
CREATE TABLE notification_dues (
  tenant_id uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('push', 'mail')),
  notification_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, channel, notification_id),
  FOREIGN KEY (tenant_id, notification_id) REFERENCES notifications (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX notification_dues_of_notification ON notification_dues (tenant_id, notification_id);
CALL protect_by_tenant('notification_dues');
GRANT DELETE ON notification_dues TO eventkit_app;

DROP FUNCTION notification_kinds();
-- What people can be told of, and whom: the right that somebody needs, with the built-in roles that have it (a test holds
-- them to shared/src/permissions/roles.ts), and in which ways until a person says otherwise.
CREATE FUNCTION notification_kinds()
  RETURNS TABLE (kind text, permission text, roles text[], is_listed boolean, is_pushed boolean, is_mailed boolean)
  LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog
  AS $$
    VALUES
      ('own_conflict', 'scanning:write', ARRAY['admin', 'manager', 'planner', 'warehouse'], true, true, false),
      -- Those of everybody have a count of their own in the app already.
      ('open_conflict', 'scanning:write', ARRAY['admin', 'manager', 'planner', 'warehouse'], false, false, false),
      ('held_back', 'maintenance:write', ARRAY['admin', 'manager', 'warehouse'], true, false, false),
      ('truck_left', 'planning:write', ARRAY['admin', 'manager', 'planner'], true, true, false),
      ('truck_arrived', 'planning:write', ARRAY['admin', 'manager', 'planner'], true, true, false),
      ('storage_lost', 'devices:manage', ARRAY['admin'], true, true, false),
      ('device_wiped', 'devices:manage', ARRAY['admin'], true, true, false),
      ('invitation_accepted', 'users:manage', ARRAY['admin'], true, false, false)
  $$;

-- Tells these people of a company, each as they want it. Everything says its company itself: a transaction of the owner
-- has none.
CREATE OR REPLACE FUNCTION notify_users(
  of_tenant uuid, told uuid[], of_kind text, of_occasion text, of_subject text, of_title text, of_detail text, at timestamptz
) RETURNS void LANGUAGE sql SET search_path = pg_catalog
  AS $$
    WITH wanted AS (
      SELECT u.id AS user_id, coalesce(p.is_listed, k.is_listed) AS is_listed, coalesce(p.is_mailed, k.is_mailed) AS is_mailed,
        coalesce(p.is_pushed, k.is_pushed) AND EXISTS (
          SELECT FROM public.push_subscriptions s WHERE s.tenant_id = u.tenant_id AND s.user_id = u.id
        ) AS is_pushed
      FROM public.users u
      JOIN public.notification_kinds() k ON k.kind = of_kind
      LEFT JOIN public.notification_preferences p ON p.tenant_id = u.tenant_id AND p.user_id = u.id AND p.kind = of_kind
      WHERE u.tenant_id = of_tenant AND u.id = ANY (told) AND u.deactivated_at IS NULL
    ), made AS (
      INSERT INTO public.notifications (tenant_id, user_id, kind, occasion, subject, title, detail, happened_at, unlisted_at)
      SELECT of_tenant, w.user_id, of_kind, left(of_occasion, 400), left(of_subject, 400), left(coalesce(of_title, ''), 200),
        left(coalesce(of_detail, ''), 400), at, CASE WHEN NOT w.is_listed THEN now() END
      FROM wanted w WHERE w.is_listed OR w.is_pushed OR w.is_mailed
      ON CONFLICT DO NOTHING
      RETURNING id, user_id
    )
    INSERT INTO public.notification_dues (tenant_id, channel, notification_id)
    SELECT of_tenant, c.channel, m.id
    FROM made m JOIN wanted w ON w.user_id = m.user_id,
      LATERAL (VALUES ('push', w.is_pushed), ('mail', w.is_mailed)) AS c (channel, is_wanted)
    WHERE c.is_wanted
  $$;
REVOKE ALL ON FUNCTION notification_kinds FROM PUBLIC;
GRANT EXECUTE ON FUNCTION notification_kinds TO eventkit_app;

-- Who recorded the two facts that do not fit is told so; the others who may settle it, where they want to be.
CREATE OR REPLACE FUNCTION notify_of_conflict() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
DECLARE
  concerned uuid[];
  others uuid[];
  called text;
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM public.notifications
    WHERE tenant_id = OLD.tenant_id AND subject = OLD.id AND kind IN ('own_conflict', 'open_conflict');
  ELSIF NEW.status = 'settled' THEN
    PERFORM public.read_of_subject(NEW.tenant_id, kind, NEW.id) FROM (VALUES ('own_conflict'), ('open_conflict')) AS k (kind);
  ELSE
    -- One that is open again is news again.
    UPDATE public.notifications SET read_at = NULL
    WHERE TG_OP = 'UPDATE' AND tenant_id = NEW.tenant_id AND subject = NEW.id AND kind IN ('own_conflict', 'open_conflict');
    concerned := ARRAY(
      SELECT DISTINCT o.recorded_by FROM public.operations o
      WHERE o.tenant_id = NEW.tenant_id AND o.id = ANY (ARRAY(
        SELECT named::uuid
        FROM unnest(ARRAY[
          split_part(NEW.first_movement_id, ':', 1), split_part(NEW.second_movement_id, ':', 1), NEW.operation_id::text
        ]) AS named
        WHERE pg_input_is_valid(named, 'uuid')
      ))
    );
    others := ARRAY(
      SELECT unnest(public.holders_of_kind(NEW.tenant_id, 'open_conflict', NULL)) EXCEPT SELECT unnest(concerned)
    );
    called := coalesce(
      (SELECT a.code FROM public.assets a WHERE a.tenant_id = NEW.tenant_id AND a.id = NEW.asset_id), NEW.code
    );
    PERFORM public.notify_users(NEW.tenant_id, concerned, 'own_conflict', NEW.id, NEW.id, called, NEW.class, NEW.opened_at);
    PERFORM public.notify_users(NEW.tenant_id, others, 'open_conflict', NEW.id, NEW.id, called, NEW.class, NEW.opened_at);
  END IF;
  RETURN NULL;
END
$$;

-- A device that is shut out or wiped is told nothing more. Sessions take theirs along by the foreign key.
CREATE FUNCTION end_push_subscription() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
BEGIN
  DELETE FROM public.push_subscriptions WHERE tenant_id = NEW.tenant_id AND device_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER end_push_subscription AFTER UPDATE OF revoked_at, wipe_ordered_at ON devices
  FOR EACH ROW WHEN (NEW.revoked_at IS NOT NULL OR NEW.wipe_ordered_at IS NOT NULL)
  EXECUTE FUNCTION end_push_subscription();

-- The time on a person's wall. A zone that this database does not know is UTC.
CREATE FUNCTION local_time_in(zone text) RETURNS timestamp
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog
  AS $$
BEGIN
  RETURN now() AT TIME ZONE zone;
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN now() AT TIME ZONE 'UTC';
END
$$;

-- Whether a local time is within the quiet minutes of a day: the whole day where both ends are the same.
CREATE FUNCTION is_quiet(from_minute smallint, until_minute smallint, local_time timestamp) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog
  AS $$
    SELECT CASE
      WHEN from_minute < until_minute THEN minute >= from_minute AND minute < until_minute
      ELSE minute >= from_minute OR minute < until_minute
    END
    FROM (SELECT (extract(hour FROM local_time) * 60 + extract(minute FROM local_time))::integer AS minute) AS now_is
  $$;

-- The rounds of jobs ask which companies have something to tell.
CREATE FUNCTION tenants_with_dues(of_channel text) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT DISTINCT d.tenant_id FROM public.notification_dues d WHERE d.channel = of_channel $$;
REVOKE ALL ON FUNCTION local_time_in, is_quiet, tenants_with_dues FROM PUBLIC;
GRANT EXECUTE ON FUNCTION local_time_in, is_quiet, tenants_with_dues TO eventkit_app;
CREATE POLICY notifications_look_up ON notification_dues FOR SELECT TO CURRENT_USER USING (true);
