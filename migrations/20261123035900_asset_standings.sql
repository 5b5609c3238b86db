-- What the history of an asset came to as of an instant, so that a fact that comes late need not have all of it loaded.
-- Derived from movements, and thrown away where one comes, goes or changes before that instant: see
-- docs/decisions/0009. Not for devices, and nothing that people did.
CREATE TABLE asset_standings (
  tenant_id uuid NOT NULL,
  asset_id uuid NOT NULL,
  as_of timestamptz NOT NULL,
  -- The version of the ledger's rules that it was made under; no other version reads it.
  rules integer NOT NULL,
  -- {standing, open}: as the fold goes on from there.
  content jsonb NOT NULL,
  PRIMARY KEY (tenant_id, asset_id, as_of),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id)
);
CALL protect_by_tenant('asset_standings');
GRANT DELETE ON asset_standings TO eventkit_app;
