-- Badges of people, their PINs, and the shared devices that they are enrolled on (docs/decisions/0016).

-- Of the code, 128 random bits, only the SHA-256 is kept. A person has one badge at a time.
CREATE TABLE badges (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  code_hash bytea NOT NULL CHECK (length(code_hash) = 32),
  given_by uuid NOT NULL,
  given_at timestamptz NOT NULL DEFAULT now(),
  withdrawn_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code_hash),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, given_by) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX badges_in_use ON badges (tenant_id, user_id) WHERE withdrawn_at IS NULL;
CALL protect_by_tenant('badges');
CALL audit_changes('badges');

-- A PIN has few digits: its hash stands apart from what is copied into the audit trail.
CREATE TABLE pins (
  tenant_id uuid NOT NULL,
  user_id uuid NOT NULL,
  salt bytea NOT NULL CHECK (length(salt) = 16),
  pin_hash bytea NOT NULL CHECK (length(pin_hash) = 32),
  digit_count integer NOT NULL,
  set_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, user_id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CALL protect_by_tenant('pins');
GRANT DELETE ON pins TO eventkit_app;

-- Wrong PINs in a row, and until when the next one is not looked at.
CREATE TABLE pin_tries (
  tenant_id uuid NOT NULL,
  user_id uuid NOT NULL,
  failed_count integer NOT NULL,
  waits_until timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, user_id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CALL protect_by_tenant('pin_tries');
GRANT DELETE ON pin_tries TO eventkit_app;

-- Since when several people work on the device, each known by badge and PIN.
ALTER TABLE devices ADD shared_since timestamptz;
CALL audit_changes('devices');

-- Who may act on which shared device, from when to when. The key that signs what they do there never leaves it; here is
-- its public half.
CREATE TABLE enrolments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  device_id uuid NOT NULL,
  user_id uuid NOT NULL,
  badge_id uuid NOT NULL,
  public_key bytea NOT NULL CHECK (length(public_key) = 65),
  enrolled_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, device_id) REFERENCES devices (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, badge_id) REFERENCES badges (tenant_id, id)
);
CREATE UNIQUE INDEX enrolments_in_force ON enrolments (tenant_id, device_id, user_id) WHERE ended_at IS NULL;
CREATE INDEX enrolments_by_user ON enrolments (tenant_id, user_id);
CREATE INDEX enrolments_by_badge ON enrolments (tenant_id, badge_id);
CALL protect_by_tenant('enrolments');
CALL audit_changes('enrolments');

-- Whatever takes somebody's badge, PIN or place in the company away, or the device from being shared, ends what rests on it.
CREATE FUNCTION end_enrolments() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'badges' THEN
      UPDATE public.enrolments e SET ended_at = now()
      WHERE e.tenant_id = OLD.tenant_id AND e.badge_id = OLD.id AND e.ended_at IS NULL;
    WHEN 'devices' THEN
      UPDATE public.enrolments e SET ended_at = now()
      WHERE e.tenant_id = OLD.tenant_id AND e.device_id = OLD.id AND e.ended_at IS NULL;
    WHEN 'users' THEN
      UPDATE public.enrolments e SET ended_at = now()
      WHERE e.tenant_id = OLD.tenant_id AND e.user_id = OLD.id AND e.ended_at IS NULL;
    WHEN 'pins' THEN
      UPDATE public.enrolments e SET ended_at = now()
      WHERE e.tenant_id = OLD.tenant_id AND e.user_id = OLD.user_id AND e.ended_at IS NULL;
  END CASE;
  RETURN NULL;
END
$$;
CREATE TRIGGER badge_withdrawn AFTER UPDATE ON badges FOR EACH ROW
  WHEN (OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL) EXECUTE FUNCTION end_enrolments();
CREATE TRIGGER device_not_shared AFTER UPDATE ON devices FOR EACH ROW
  WHEN (OLD.shared_since IS NOT NULL AND (NEW.shared_since IS NULL OR NEW.revoked_at IS NOT NULL))
  EXECUTE FUNCTION end_enrolments();
CREATE TRIGGER person_shut_out AFTER UPDATE ON users FOR EACH ROW
  WHEN (OLD.deactivated_at IS NULL AND NEW.deactivated_at IS NOT NULL) EXECUTE FUNCTION end_enrolments();
CREATE TRIGGER pin_changed AFTER UPDATE OR DELETE ON pins FOR EACH ROW EXECUTE FUNCTION end_enrolments();
