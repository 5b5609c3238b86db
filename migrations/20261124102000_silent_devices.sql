CREATE OR REPLACE FUNCTION notification_kinds()
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
      ('device_silent', 'devices:manage', ARRAY['admin'], true, false, false),
      ('storage_lost', 'devices:manage', ARRAY['admin'], true, true, false),
      ('device_wiped', 'devices:manage', ARRAY['admin'], true, true, false),
      ('invitation_accepted', 'users:manage', ARRAY['admin'], true, false, false)
  $$;

-- Devices in use by when they were heard last, or registered where they never were.
CREATE FUNCTION devices_last_heard()
  RETURNS TABLE (tenant_id uuid, id uuid, name text, heard_at timestamptz)
  LANGUAGE sql STABLE SET search_path = pg_catalog
  AS $$
    SELECT d.tenant_id, d.id, d.name, coalesce(
      (
        SELECT max(p.last_contact_at) FROM public.device_progress p
        WHERE p.tenant_id = d.tenant_id AND p.device_id = d.id
      ),
      d.registered_at
    )
    FROM public.devices d WHERE d.revoked_at IS NULL AND d.wipe_ordered_at IS NULL
  $$;

-- Companies with a device that fell silent lately, or that spoke again: what is long ago is told to nobody.
CREATE FUNCTION tenants_with_silent_devices(silent_after_days integer) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT h.tenant_id FROM public.devices_last_heard() h
    WHERE h.heard_at + make_interval(days => silent_after_days) BETWEEN now() - interval '7 days' AND now()
    UNION
    SELECT n.tenant_id FROM public.notifications n WHERE n.kind = 'device_silent' AND n.read_at IS NULL
  $$;

-- Tells the current company of devices that fell silent lately, each once; those that spoke again need not be read of.
-- Answers how many are silent.
CREATE FUNCTION tell_silent_devices(silent_after_days integer) RETURNS integer
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
DECLARE
  own uuid := public.current_tenant_id();
  silent record;
  silent_count integer := 0;
BEGIN
  UPDATE public.notifications n SET read_at = now()
  WHERE n.tenant_id = own AND n.kind = 'device_silent' AND n.read_at IS NULL AND NOT EXISTS (
    SELECT FROM public.devices_last_heard() h
    WHERE h.tenant_id = own AND h.id::text = n.subject AND h.heard_at + make_interval(days => silent_after_days) <= now()
  );
  FOR silent IN
    SELECT h.* FROM public.devices_last_heard() h
    WHERE h.tenant_id = own
      AND h.heard_at + make_interval(days => silent_after_days) BETWEEN now() - interval '7 days' AND now()
  LOOP
    PERFORM public.notify_users(
      own, public.holders_of_kind(own, 'device_silent', NULL), 'device_silent', silent.id || '@' || silent.heard_at,
      silent.id::text, silent.name, '', silent.heard_at + make_interval(days => silent_after_days)
    );
    silent_count := silent_count + 1;
  END LOOP;
  RETURN silent_count;
END
$$;
REVOKE ALL ON FUNCTION devices_last_heard, tenants_with_silent_devices, tell_silent_devices FROM PUBLIC;
GRANT EXECUTE ON FUNCTION devices_last_heard, tenants_with_silent_devices, tell_silent_devices TO eventkit_app;
-- The look-up runs as the owner, whom row-level security binds too.
CREATE POLICY notifications_look_up ON devices FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY notifications_look_up ON device_progress FOR SELECT TO CURRENT_USER USING (true);
