-- What the sync server looks up to find a connection's buckets: under the values of some columns of a row, the value
-- of another. Kept by version, so that it can be read as of any operation that may be served.
SET ROLE eventkit_sync;

CREATE TABLE sync.lookup_rows (
  -- Number of the lookup in the sync configuration; values as JSON.
  lookup smallint NOT NULL,
  lookup_key text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  source_table smallint NOT NULL,
  source_key text COLLATE "C" NOT NULL,
  -- Operations from and until which it is found: added_at <= head AND (removed_at IS NULL OR removed_at > head).
  added_at bigint NOT NULL,
  removed_at bigint
);
CREATE UNIQUE INDEX lookup_rows_current ON sync.lookup_rows (source_table, source_key, lookup) WHERE removed_at IS NULL;
CREATE INDEX lookup_rows_by_key ON sync.lookup_rows (lookup, lookup_key);
CREATE INDEX lookup_rows_removed ON sync.lookup_rows (removed_at) WHERE removed_at IS NOT NULL;

RESET ROLE;
