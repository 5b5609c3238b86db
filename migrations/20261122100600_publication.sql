-- What flows down to devices. The name is the one that the official PowerSync service expects.
CREATE PUBLICATION powersync;

-- Replication reads the rows of all tenants: it decides itself, by sync-config.yaml, which of them reach whom.
CREATE PROCEDURE publish_to_devices(target regclass)
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
BEGIN
  EXECUTE format('GRANT SELECT ON %s TO eventkit_sync', target);
  EXECUTE format('CREATE POLICY replication ON %s FOR SELECT TO eventkit_sync USING (true)', target);
  EXECUTE format('ALTER PUBLICATION powersync ADD TABLE %s', target);
END
$$;
REVOKE ALL ON PROCEDURE publish_to_devices FROM PUBLIC;

CALL publish_to_devices('labels');
CALL publish_to_devices('products');
CALL publish_to_devices('storage_locations');
CALL publish_to_devices('assets');
CALL publish_to_devices('events');
CALL publish_to_devices('pull_lists');
CALL publish_to_devices('pull_list_lines');
CALL publish_to_devices('users');
CALL publish_to_devices('devices');
CALL publish_to_devices('movements');
CALL publish_to_devices('conflicts');
CALL publish_to_devices('operations');
