-- What people see of their own sessions: an id that opens nothing, and the browser as it named itself at sign-in.
ALTER TABLE sessions
  ADD id uuid NOT NULL DEFAULT gen_random_uuid(),
  ADD user_agent text NOT NULL DEFAULT '' CHECK (length(user_agent) <= 400),
  ADD UNIQUE (tenant_id, id);
CREATE INDEX sessions_of_user ON sessions (tenant_id, user_id);
