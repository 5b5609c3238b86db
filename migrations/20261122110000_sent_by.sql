-- Who brought an operation to the server, where that is somebody else than who did it (a shared tablet).
ALTER TABLE operations ADD COLUMN sent_by uuid;
ALTER TABLE operations ADD FOREIGN KEY (tenant_id, sent_by) REFERENCES users (tenant_id, id);

-- Cases that start out inside another case: part of what has to be locked with it.
CREATE INDEX assets_based_in ON assets (tenant_id, baseline_id) WHERE baseline_kind = 'case' AND is_case;
