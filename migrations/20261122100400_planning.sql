CREATE TABLE events (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  name text NOT NULL,
  client_name text NOT NULL DEFAULT '',
  venue text NOT NULL DEFAULT '',
  status text NOT NULL CHECK (status IN ('draft', 'option', 'confirmed', 'in_prep', 'out', 'returning', 'closed', 'cancelled')),
  -- Stock is bound from load to return; the show itself is shorter.
  load_at timestamptz NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  return_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  CHECK (load_at <= starts_at AND starts_at <= ends_at AND ends_at <= return_at)
);
CREATE INDEX events_by_load ON events (tenant_id, load_at);
CALL protect_by_tenant('events');
CALL audit_changes('events');

CREATE TABLE pull_lists (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  event_id uuid NOT NULL,
  name text NOT NULL,
  deleted_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, event_id) REFERENCES events (tenant_id, id)
);
CREATE INDEX pull_lists_by_event ON pull_lists (tenant_id, event_id);
CALL protect_by_tenant('pull_lists');
CALL audit_changes('pull_lists');

CREATE TABLE pull_list_lines (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  pull_list_id uuid NOT NULL,
  event_id uuid NOT NULL,
  product_id uuid NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  position integer NOT NULL,
  note text NOT NULL DEFAULT '',
  deleted_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, pull_list_id) REFERENCES pull_lists (tenant_id, id),
  FOREIGN KEY (tenant_id, event_id) REFERENCES events (tenant_id, id),
  FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id)
);
CREATE INDEX pull_list_lines_by_event ON pull_list_lines (tenant_id, event_id);
CREATE INDEX pull_list_lines_by_product ON pull_list_lines (tenant_id, product_id);
CALL protect_by_tenant('pull_list_lines');
CALL audit_changes('pull_list_lines');
