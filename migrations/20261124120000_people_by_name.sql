-- People of a company in the order of its list.
CREATE INDEX users_by_name ON users (tenant_id, lower(name), id);
