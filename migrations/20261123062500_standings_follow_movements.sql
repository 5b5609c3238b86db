-- The server keeps and forgets standings with the movements that it takes in. Whoever else writes movements (an import, a
-- repair by hand, a later migration) makes all that is kept of these assets go, so that nothing rests on what has changed;
-- it is made anew from what is there. See docs/decisions/0010.
CREATE FUNCTION forget_standings() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
BEGIN
  DELETE FROM public.asset_standings s
  USING (SELECT DISTINCT tenant_id, asset_id FROM changed_rows) AS r
  WHERE s.tenant_id = r.tenant_id AND s.asset_id = r.asset_id;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION forget_standings FROM PUBLIC;

CREATE TRIGGER forget_standings_insert AFTER INSERT ON movements REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT WHEN (current_user <> 'eventkit_app') EXECUTE FUNCTION forget_standings();
-- One that is about another asset from now on: all that was kept of either goes.
CREATE TRIGGER forget_standings_before_update AFTER UPDATE ON movements REFERENCING OLD TABLE AS changed_rows
  FOR EACH STATEMENT WHEN (current_user <> 'eventkit_app') EXECUTE FUNCTION forget_standings();
CREATE TRIGGER forget_standings_after_update AFTER UPDATE ON movements REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT WHEN (current_user <> 'eventkit_app') EXECUTE FUNCTION forget_standings();
CREATE TRIGGER forget_standings_delete AFTER DELETE ON movements REFERENCING OLD TABLE AS changed_rows
  FOR EACH STATEMENT WHEN (current_user <> 'eventkit_app') EXECUTE FUNCTION forget_standings();
