-- What the sync server keeps: for every bucket the operations that bring a device up to date. Not published.
CREATE SCHEMA sync AUTHORIZATION eventkit_sync;
SET ROLE eventkit_sync;

-- One row: the deployment whose operations these are, and how far it has followed the write-ahead log.
CREATE TABLE sync.state (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  -- Stands in every bucket name; a new one makes devices download everything again.
  deployment text NOT NULL,
  -- The sync configuration's meaning, and the cluster and timeline that positions belong to.
  config_meaning text NOT NULL,
  cluster text NOT NULL,
  slot text NOT NULL,
  publication text NOT NULL,
  last_op_id bigint NOT NULL DEFAULT 0,
  -- Every transaction that ended at or before this position is in sync.ops.
  lsn pg_lsn NOT NULL DEFAULT '0/0',
  is_copied boolean NOT NULL DEFAULT false,
  -- What was copied may be newer than the log; it is whole once the log has been followed to here.
  consistent_from pg_lsn
);

CREATE TABLE sync.source_tables (
  id smallint PRIMARY KEY,
  name text NOT NULL UNIQUE,
  -- The relation's oid, key and columns as they were copied; when they change the table is copied again.
  shape text NOT NULL,
  -- The key of the last row copied; null before the first.
  copied_to text[],
  is_copied boolean NOT NULL DEFAULT false
);

CREATE TABLE sync.buckets (
  id integer PRIMARY KEY,
  name text NOT NULL UNIQUE,
  -- Over all operations ever, also superseded ones: the sum of their checksums modulo 2^32, and their number.
  checksum bigint NOT NULL,
  op_count bigint NOT NULL,
  last_op_id bigint NOT NULL
);

-- data is the row as JSON; null for a removal, and for what a later operation on the same row has superseded. Of the
-- latter a device needs the checksum only, so history costs a few bytes an operation and never the content.
CREATE TABLE sync.ops (
  bucket_id integer NOT NULL,
  op_id bigint NOT NULL,
  source_table smallint NOT NULL,
  source_key text COLLATE "C" NOT NULL,
  row_id text COLLATE "C" NOT NULL,
  checksum bigint NOT NULL,
  data text,
  superseded_by bigint,
  PRIMARY KEY (bucket_id, op_id)
);
CREATE INDEX ops_current ON sync.ops (source_table, source_key) WHERE superseded_by IS NULL;

-- When the log has been followed to lsn, the client's uploads up to number are in what it downloads.
CREATE TABLE sync.write_checkpoints (
  client_id text PRIMARY KEY,
  number bigint NOT NULL,
  lsn pg_lsn NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT now()
);

RESET ROLE;
