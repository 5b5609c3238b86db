-- How each person has arranged their dashboards. Theirs alone, so it reaches their own devices only, and of two devices
-- that changed one without knowing of each other the later change stands.
CREATE TABLE dashboard_layouts (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  -- <user id>:<key>. The key of the layout that everybody begins with is the same on each device.
  id text NOT NULL CHECK (id ~ ('^' || user_id || ':[a-z0-9-]{1,40}$')),
  user_id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) <= 60),
  -- [{"kind": …, "days": …, "isWide": …}, …] as JSON, in the order in which they stand.
  widgets text NOT NULL CHECK (length(widgets) <= 4000),
  -- When the device says that it was changed, and never in the future.
  changed_at timestamptz NOT NULL,
  deleted_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX dashboard_layouts_of_user ON dashboard_layouts (tenant_id, user_id);
CALL protect_by_tenant('dashboard_layouts');
CALL publish_to_devices('dashboard_layouts');
