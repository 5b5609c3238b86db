-- What one person changed, the newest first: without it, the trail of somebody who rarely changes anything is looked for
-- in that of everybody. Kinds need none of their own: the index by record begins with them.
CREATE INDEX audit_log_of_person ON audit_log (tenant_id, user_id, at DESC, id DESC);
