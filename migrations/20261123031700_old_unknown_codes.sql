-- Scans of unknown codes from before labels had a history left a conflict and no movement, so that nothing could ever
-- settle them. They are kept as if they had not been read yet: at its start the server takes them in again, as of their
-- first receipt, and by today's rules (LB4) their movements wait for whoever says what the code was on. Those with photos
-- stay as they are: the rows of photos name their operation.

-- Nobody acts here for a company, and row-level security is forced on owners too.
ALTER TABLE operations NO FORCE ROW LEVEL SECURITY;
ALTER TABLE unreadable_operations NO FORCE ROW LEVEL SECURITY;
ALTER TABLE conflicts NO FORCE ROW LEVEL SECURITY;
ALTER TABLE movements NO FORCE ROW LEVEL SECURITY;
ALTER TABLE attachments NO FORCE ROW LEVEL SECURITY;

CREATE TEMPORARY TABLE old_unknown_codes ON COMMIT DROP AS
  SELECT o.* FROM operations o
  WHERE EXISTS (
      SELECT FROM conflicts c WHERE c.tenant_id = o.tenant_id AND c.operation_id = o.id
        AND c.class = 'unknown_code' AND c.second_movement_id IS NULL AND c.subject IS NULL)
    AND NOT EXISTS (SELECT FROM movements m WHERE m.tenant_id = o.tenant_id AND m.operation_id = o.id)
    AND NOT EXISTS (SELECT FROM attachments a WHERE a.tenant_id = o.tenant_id AND a.operation_id = o.id);

INSERT INTO unreadable_operations (tenant_id, id, device_id, envelope, problem, received_at, sent_by)
  SELECT tenant_id, id, device_id, envelope, 'failed: decided before labels had a history', received_at,
    coalesce(sent_by, recorded_by)
  FROM old_unknown_codes
  ON CONFLICT (tenant_id, device_id, id) DO NOTHING;
DELETE FROM conflicts c USING old_unknown_codes o
  WHERE c.tenant_id = o.tenant_id AND c.operation_id = o.id AND c.class = 'unknown_code'
    AND c.second_movement_id IS NULL AND c.subject IS NULL;
DELETE FROM operations p USING old_unknown_codes o WHERE p.tenant_id = o.tenant_id AND p.id = o.id;

ALTER TABLE operations FORCE ROW LEVEL SECURITY;
ALTER TABLE unreadable_operations FORCE ROW LEVEL SECURITY;
ALTER TABLE conflicts FORCE ROW LEVEL SECURITY;
ALTER TABLE movements FORCE ROW LEVEL SECURITY;
ALTER TABLE attachments FORCE ROW LEVEL SECURITY;
