-- Rows of superseded operations are removed from sync.ops. A device may come back at any number it was ever sent and is
-- owed the sum of everything since, so before the first row of a range goes, number and checksum of every operation in it
-- are kept here: thousands to a row, some bytes an operation, written once.
SET ROLE eventkit_sync;

CREATE TABLE sync.checksums (
  bucket_id integer NOT NULL,
  -- All operations that the bucket ever had between these two, and with them; ranges of a bucket never overlap.
  first_op_id bigint NOT NULL,
  last_op_id bigint NOT NULL,
  op_count integer NOT NULL,
  -- The sum of their checksums modulo 2^32.
  checksum bigint NOT NULL,
  op_ids bigint[] NOT NULL,
  -- In the order of op_ids, less 2^31 so that four bytes hold them.
  checksums integer[] NOT NULL,
  PRIMARY KEY (bucket_id, last_op_id)
);
ALTER TABLE sync.checksums ALTER COLUMN checksums SET STORAGE EXTERNAL;

-- Every update leaves a dead row, and compaction another: at the default they would come to a fifth of the table.
ALTER TABLE sync.ops SET (autovacuum_vacuum_scale_factor = 0.05);

RESET ROLE;
