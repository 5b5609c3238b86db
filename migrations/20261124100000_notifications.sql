-- What people are told without having asked: one row for each person and thing. Rows are made where the thing itself
-- happens, by the triggers below and in its own transaction: nothing is told of what did not happen, or twice.
CREATE TABLE notifications (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind ~ '^[a-z_]{1,40}$'),
  -- What it was that happened, e.g. the id of a movement: of the same a person is told once.
  occasion text NOT NULL CHECK (length(occasion) <= 400),
  -- The id of what it is about, where the app leads to.
  subject text NOT NULL CHECK (length(subject) <= 400),
  -- What people call that; empty where it has no name.
  title text NOT NULL CHECK (length(title) <= 200),
  -- What else the words need; its meaning is the kind's own.
  detail text NOT NULL CHECK (length(detail) <= 400),
  happened_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Also where it is settled, so that nobody has to read it.
  read_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, user_id, kind, occasion),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX notifications_of_subject ON notifications (tenant_id, subject);
CREATE INDEX notifications_by_age ON notifications (created_at);
CALL protect_by_tenant('notifications');
CALL publish_to_devices('notifications');
GRANT DELETE ON notifications TO eventkit_app;

-- What people can be told of, and whom: the right that somebody needs, with the built-in roles that have it. A test holds
-- them to shared/src/permissions/roles.ts.
CREATE FUNCTION notification_kinds()
  RETURNS TABLE (kind text, permission text, roles text[])
  LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog
  AS $$
    VALUES
      ('own_conflict', 'scanning:write', ARRAY['admin', 'manager', 'planner', 'warehouse']),
      ('held_back', 'maintenance:write', ARRAY['admin', 'manager', 'warehouse']),
      ('truck_left', 'planning:write', ARRAY['admin', 'manager', 'planner']),
      ('truck_arrived', 'planning:write', ARRAY['admin', 'manager', 'planner']),
      ('storage_lost', 'devices:manage', ARRAY['admin']),
      ('device_wiped', 'devices:manage', ARRAY['admin']),
      ('invitation_accepted', 'users:manage', ARRAY['admin'])
  $$;

-- Tells these people of a company. Everything says its company itself: a transaction of the owner has none.
CREATE FUNCTION notify_users(
  of_tenant uuid, told uuid[], of_kind text, of_occasion text, of_subject text, of_title text, of_detail text, at timestamptz
) RETURNS void LANGUAGE sql SET search_path = pg_catalog
  AS $$
    INSERT INTO public.notifications (tenant_id, user_id, kind, occasion, subject, title, detail, happened_at)
    SELECT of_tenant, u.id, of_kind, left(of_occasion, 400), left(of_subject, 400), left(coalesce(of_title, ''), 200),
      left(coalesce(of_detail, ''), 400), at
    FROM public.users u
    WHERE u.tenant_id = of_tenant AND u.id = ANY (told) AND u.deactivated_at IS NULL
    ON CONFLICT DO NOTHING
  $$;

-- Everybody of a company who has the right to be told of a kind, but for whoever did it.
CREATE FUNCTION holders_of_kind(of_tenant uuid, of_kind text, but_for uuid) RETURNS uuid[]
  LANGUAGE sql STABLE SET search_path = pg_catalog
  AS $$
    SELECT array_agg(u.id)
    FROM public.notification_kinds() k
    JOIN public.users u ON u.tenant_id = of_tenant AND u.deactivated_at IS NULL AND u.id IS DISTINCT FROM but_for
    LEFT JOIN public.roles r ON r.tenant_id = u.tenant_id AND r.id = u.custom_role_id
    WHERE k.kind = of_kind AND (u.role = ANY (k.roles) OR k.permission = ANY (r.permissions))
  $$;

-- Nobody has to read what is settled.
CREATE FUNCTION read_of_subject(of_tenant uuid, of_kind text, of_subject text) RETURNS void
  LANGUAGE sql SET search_path = pg_catalog
  AS $$
    UPDATE public.notifications SET read_at = now()
    WHERE tenant_id = of_tenant AND subject = of_subject AND kind = of_kind AND read_at IS NULL
  $$;
REVOKE ALL ON FUNCTION notification_kinds, notify_users, holders_of_kind, read_of_subject FROM PUBLIC;
GRANT EXECUTE ON FUNCTION notification_kinds, notify_users, holders_of_kind, read_of_subject TO eventkit_app;

-- A conflict concerns those who recorded the two facts that do not fit; an id of a fact begins with that of its operation.
CREATE FUNCTION notify_of_conflict() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM public.notifications
    WHERE tenant_id = OLD.tenant_id AND subject = OLD.id AND kind = 'own_conflict';
  ELSIF NEW.status = 'settled' THEN
    PERFORM public.read_of_subject(NEW.tenant_id, 'own_conflict', NEW.id);
  ELSE
    -- One that is open again is news again.
    UPDATE public.notifications SET read_at = NULL
    WHERE TG_OP = 'UPDATE' AND tenant_id = NEW.tenant_id AND subject = NEW.id AND kind = 'own_conflict';
    PERFORM public.notify_users(
      NEW.tenant_id,
      ARRAY(
        SELECT DISTINCT o.recorded_by FROM public.operations o
        WHERE o.tenant_id = NEW.tenant_id AND o.id = ANY (ARRAY(
          SELECT named::uuid
          FROM unnest(ARRAY[
            split_part(NEW.first_movement_id, ':', 1), split_part(NEW.second_movement_id, ':', 1), NEW.operation_id::text
          ]) AS named
          WHERE pg_input_is_valid(named, 'uuid')
        ))
      ),
      'own_conflict', NEW.id, NEW.id,
      coalesce((SELECT a.code FROM public.assets a WHERE a.tenant_id = NEW.tenant_id AND a.id = NEW.asset_id), NEW.code),
      NEW.class, NEW.opened_at
    );
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER notify_of_conflict AFTER INSERT ON conflicts
  FOR EACH ROW WHEN (NEW.status = 'open') EXECUTE FUNCTION notify_of_conflict();
CREATE TRIGGER notify_of_changed_conflict AFTER UPDATE OF status ON conflicts
  FOR EACH ROW WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION notify_of_conflict();
CREATE TRIGGER notify_of_vanished_conflict AFTER DELETE ON conflicts
  FOR EACH ROW EXECUTE FUNCTION notify_of_conflict();

-- Who looks after things hears of what must not go out, until it may again or is no longer in use.
CREATE FUNCTION notify_of_movement() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
BEGIN
  IF NEW.kind = 'undo' THEN
    DELETE FROM public.notifications
    WHERE tenant_id = NEW.tenant_id AND subject = NEW.asset_id::text AND kind = 'held_back'
      AND split_part(occasion, ':', 1) = NEW.undoes_operation_id::text;
  ELSE
    PERFORM public.notify_users(
      a.tenant_id, public.holders_of_kind(a.tenant_id, 'held_back', NEW.recorded_by), 'held_back', NEW.id, a.id::text, a.code,
      p.name, NEW.effective_at
    )
    FROM public.assets a JOIN public.products p ON p.tenant_id = a.tenant_id AND p.id = a.product_id
    WHERE a.tenant_id = NEW.tenant_id AND a.id = NEW.asset_id;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER notify_of_movement AFTER INSERT ON movements
  FOR EACH ROW WHEN (NEW.disposition = 'damaged' OR NEW.outcome = 'failed' OR NEW.kind IN ('quarantine', 'undo'))
  EXECUTE FUNCTION notify_of_movement();

CREATE FUNCTION read_of_asset() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
BEGIN
  PERFORM public.read_of_subject(NEW.tenant_id, 'held_back', NEW.id::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER read_of_asset AFTER UPDATE OF status ON assets
  FOR EACH ROW WHEN (
    OLD.status IN ('quarantined', 'in_repair') AND NEW.status NOT IN ('quarantined', 'in_repair')
  ) EXECUTE FUNCTION read_of_asset();

-- Who plans hears when a vehicle leaves and arrives, with the names of the events that it is for.
CREATE FUNCTION notify_of_transport() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
DECLARE
  told_kind text := CASE NEW.kind WHEN 'dispatch' THEN 'truck_left' ELSE 'truck_arrived' END;
BEGIN
  IF NEW.kind = 'undo' THEN
    DELETE FROM public.notifications
    WHERE tenant_id = NEW.tenant_id AND subject = NEW.subject_id AND kind IN ('truck_left', 'truck_arrived')
      AND split_part(occasion, ':', 1) = NEW.undoes_operation_id::text;
  ELSE
    PERFORM public.notify_users(
      v.tenant_id, public.holders_of_kind(v.tenant_id, told_kind, NEW.recorded_by), told_kind, NEW.id, v.id::text, v.name,
      (
        SELECT string_agg(e.name, ', ' ORDER BY e.load_at, e.id) FROM public.events e
        WHERE e.tenant_id = v.tenant_id
          AND e.id IN (SELECT jsonb_array_elements_text(coalesce(NEW.event_ids, '[]')::jsonb)::uuid)
      ),
      NEW.effective_at
    )
    FROM public.vehicles v WHERE v.tenant_id = NEW.tenant_id AND v.id::text = split_part(NEW.subject_id, ':', 1);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER notify_of_transport AFTER INSERT ON transport_facts
  FOR EACH ROW WHEN (NEW.kind IN ('dispatch', 'arrive', 'undo')) EXECUTE FUNCTION notify_of_transport();

CREATE FUNCTION notify_of_wipe() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
BEGIN
  PERFORM public.notify_users(
    NEW.tenant_id, public.holders_of_kind(NEW.tenant_id, 'device_wiped', NULL), 'device_wiped',
    NEW.id || '@' || NEW.wiped_at, NEW.id::text, NEW.name, '', NEW.wiped_at
  );
  RETURN NULL;
END
$$;
CREATE TRIGGER notify_of_wipe AFTER UPDATE OF wiped_at ON devices
  FOR EACH ROW WHEN (NEW.wiped_at IS NOT NULL AND OLD.wiped_at IS DISTINCT FROM NEW.wiped_at)
  EXECUTE FUNCTION notify_of_wipe();

-- A device that reports a storage of which nobody knew, and had another one before, has lost that one.
CREATE FUNCTION notify_of_lost_storage() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
BEGIN
  IF EXISTS (
    SELECT FROM public.device_progress p
    WHERE p.tenant_id = NEW.tenant_id AND p.device_id = NEW.device_id AND p.epoch <> NEW.epoch
      AND p.started_at < NEW.started_at
  ) THEN
    PERFORM public.notify_users(
      d.tenant_id, public.holders_of_kind(d.tenant_id, 'storage_lost', NULL), 'storage_lost',
      d.id || '@' || NEW.epoch, d.id::text, d.name, '', NEW.started_at
    )
    FROM public.devices d WHERE d.tenant_id = NEW.tenant_id AND d.id = NEW.device_id;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER notify_of_lost_storage AFTER INSERT ON device_progress
  FOR EACH ROW WHEN (NEW.started_at IS NOT NULL) EXECUTE FUNCTION notify_of_lost_storage();
-- Of a storage that was heard about before it was heard itself.
CREATE TRIGGER notify_of_lost_storage_heard_of AFTER UPDATE OF started_at ON device_progress
  FOR EACH ROW WHEN (OLD.started_at IS NULL AND NEW.started_at IS NOT NULL) EXECUTE FUNCTION notify_of_lost_storage();

-- Whoever was invited has signed in for the first time.
CREATE FUNCTION notify_of_first_sign_in() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
BEGIN
  PERFORM public.notify_users(
    NEW.tenant_id, public.holders_of_kind(NEW.tenant_id, 'invitation_accepted', NEW.id), 'invitation_accepted',
    NEW.id::text, NEW.id::text, NEW.name, '', now()
  );
  RETURN NULL;
END
$$;
CREATE TRIGGER notify_of_first_sign_in AFTER UPDATE OF subject ON users
  FOR EACH ROW WHEN (OLD.subject IS NULL AND NEW.subject IS NOT NULL AND NEW.invitation_sent_at IS NOT NULL)
  EXECUTE FUNCTION notify_of_first_sign_in();

-- Old ones are removed for all companies in turn.
CREATE FUNCTION tenants_with_old_notifications() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT DISTINCT n.tenant_id FROM public.notifications n WHERE n.created_at < now() - interval '60 days'
  $$;
REVOKE ALL ON FUNCTION tenants_with_old_notifications FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_old_notifications TO eventkit_app;
-- The look-up runs as the owner, whom row-level security binds too.
CREATE POLICY notifications_look_up ON notifications FOR SELECT TO CURRENT_USER USING (true);
