-- A changed sync configuration begins anew in schema sync. What was kept for the one before moves as it is to schema
-- sync_served and is served from there, until the first copy of the new one is whole; then it is dropped. Nothing is
-- copied or deleted row by row, and there are never more than two.
CREATE SCHEMA sync_served AUTHORIZATION eventkit_sync;
SET ROLE eventkit_sync;

-- The configuration's text, so that a server with another one can go on serving by it.
ALTER TABLE sync.state ADD COLUMN config_text text NOT NULL DEFAULT '';

-- Removes what is served beside the newest deployment.
CREATE FUNCTION sync.drop_served() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  moved text;
BEGIN
  FOR moved IN SELECT tablename FROM pg_tables WHERE schemaname = 'sync_served' LOOP
    EXECUTE format('DROP TABLE sync_served.%I', moved);
  END LOOP;
END $$;

-- Moves the deployment of schema sync to sync_served and leaves empty tables of the same definition and names in its
-- place. What devices asked for in write checkpoints stays: it is not of a deployment.
CREATE FUNCTION sync.set_aside() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  moved text;
  options text;
  definition text;
BEGIN
  PERFORM sync.drop_served();
  FOR moved IN SELECT tablename FROM pg_tables WHERE schemaname = 'sync' AND tablename <> 'write_checkpoints' LOOP
    EXECUTE format('ALTER TABLE sync.%I SET SCHEMA sync_served', moved);
    EXECUTE format('CREATE TABLE sync.%1$I (LIKE sync_served.%1$I INCLUDING ALL EXCLUDING INDEXES)', moved);
    SELECT array_to_string(reloptions, ', ') INTO options
      FROM pg_class WHERE oid = format('sync_served.%I', moved)::regclass;
    IF options IS NOT NULL THEN
      EXECUTE format('ALTER TABLE sync.%I SET (%s)', moved, options);
    END IF;
    FOR definition IN
      SELECT format('ALTER TABLE sync.%I ADD CONSTRAINT %I %s', moved, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE conrelid = format('sync_served.%I', moved)::regclass AND contype IN ('p', 'u')
      UNION ALL
      SELECT replace(pg_get_indexdef(indexrelid), ' ON sync_served.', ' ON sync.')
        FROM pg_index i WHERE indrelid = format('sync_served.%I', moved)::regclass
          AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))
    LOOP
      EXECUTE definition;
    END LOOP;
  END LOOP;
END $$;

-- Empties what was begun and never became whole.
CREATE FUNCTION sync.forget_begun() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  begun text;
BEGIN
  FOR begun IN SELECT tablename FROM pg_tables WHERE schemaname = 'sync' AND tablename <> 'write_checkpoints' LOOP
    EXECUTE format('TRUNCATE sync.%I', begun);
  END LOOP;
END $$;

-- The configuration is again the one that is served: its deployment moves back, what was begun since is dropped.
CREATE FUNCTION sync.bring_back() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  moved text;
BEGIN
  FOR moved IN SELECT tablename FROM pg_tables WHERE schemaname = 'sync_served' LOOP
    EXECUTE format('DROP TABLE sync.%I', moved);
    EXECUTE format('ALTER TABLE sync_served.%I SET SCHEMA sync', moved);
  END LOOP;
END $$;

RESET ROLE;
