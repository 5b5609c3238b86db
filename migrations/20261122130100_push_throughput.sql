-- What taking in operations cost more than it had to; the figures are in docs/decisions/0006.

-- Every statement under row-level security asks this once. A function with settings of its own is called (55 µs);
-- one without becomes part of the statement. Its body is bound to pg_catalog now, whatever the caller's search_path.
CREATE OR REPLACE FUNCTION current_tenant_id() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(pg_catalog.current_setting('eventkit.tenant_id', true), '')::uuid;
ALTER FUNCTION current_tenant_id() RESET ALL;

-- Every scan changes where an asset is. With that in no index, and room left on the page, the new version of the row
-- stays beside the old one and none of the table's indexes is touched. Nothing looks assets up by their place: what a
-- case holds follows from the movements.
DROP INDEX assets_by_place;
ALTER TABLE assets SET (fillfactor = 80);

-- Which assets are cases, small enough to ask of every asset of a batch; and who ever went into a case.
CREATE INDEX assets_that_are_cases ON assets (tenant_id, id) WHERE is_case;
DROP INDEX movements_into;
CREATE INDEX movements_into ON movements (tenant_id, to_id, asset_id) WHERE to_kind = 'case';
