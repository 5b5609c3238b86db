-- What people deleted and can bring back: one row for each record that went, until it came back or was removed for good. The
-- record itself is marked by its deleted_at, which is what devices and lists go by.
CREATE TABLE trash_items (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('product', 'asset', 'event', 'storage_location')),
  record_id uuid NOT NULL,
  -- As it was called when it went.
  name text NOT NULL,
  -- What it went with; itself where somebody deleted it by itself.
  root_id uuid NOT NULL,
  deleted_at timestamptz NOT NULL DEFAULT now(),
  deleted_by uuid NOT NULL,
  ended_at timestamptz,
  -- came_back: somebody did something with it without knowing that it was gone.
  ended_how text CHECK (ended_how IN ('restored', 'came_back', 'purged')),
  PRIMARY KEY (tenant_id, id),
  CHECK ((ended_at IS NULL) = (ended_how IS NULL)),
  FOREIGN KEY (tenant_id, root_id) REFERENCES trash_items (tenant_id, id),
  FOREIGN KEY (tenant_id, deleted_by) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX trash_items_of_record ON trash_items (tenant_id, kind, record_id) WHERE ended_at IS NULL;
CREATE INDEX trash_items_of_root ON trash_items (tenant_id, root_id);
CREATE INDEX trash_items_by_time ON trash_items (tenant_id, deleted_at DESC, id DESC);
CREATE INDEX trash_items_waiting ON trash_items (deleted_at) WHERE ended_at IS NULL;
CALL protect_by_tenant('trash_items');
CREATE POLICY trash_look_up ON trash_items FOR SELECT TO CURRENT_USER USING (true);

CREATE INDEX assets_deleted ON assets (tenant_id, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX products_deleted ON products (tenant_id, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX events_deleted ON events (tenant_id, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX storage_locations_deleted ON storage_locations (tenant_id, id) WHERE deleted_at IS NOT NULL;

-- These records are there again, and so is what each of them is part of: a piece brings its product, a place the places around
-- it. What else went with them stays in the trash, each by itself.
CREATE PROCEDURE bring_back(wanted_products uuid[], wanted_assets uuid[], wanted_events uuid[], wanted_locations uuid[], how text)
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
DECLARE
  back_products uuid[];
  back_locations uuid[];
BEGIN
  SELECT array_agg(product_id) || wanted_products INTO back_products
    FROM public.assets WHERE tenant_id = public.current_tenant_id() AND id = ANY (wanted_assets);
  WITH RECURSIVE around AS (
    SELECT l.id, l.parent_id FROM public.storage_locations l
    WHERE l.tenant_id = public.current_tenant_id() AND l.id = ANY (wanted_locations)
    UNION
    SELECT l.id, l.parent_id FROM around JOIN public.storage_locations l
      ON l.tenant_id = public.current_tenant_id() AND l.id = around.parent_id
  )
  SELECT array_agg(id) INTO back_locations FROM around;
  UPDATE public.products SET deleted_at = NULL
    WHERE tenant_id = public.current_tenant_id() AND id = ANY (back_products) AND deleted_at IS NOT NULL;
  UPDATE public.assets SET deleted_at = NULL
    WHERE tenant_id = public.current_tenant_id() AND id = ANY (wanted_assets) AND deleted_at IS NOT NULL;
  UPDATE public.events SET deleted_at = NULL
    WHERE tenant_id = public.current_tenant_id() AND id = ANY (wanted_events) AND deleted_at IS NOT NULL;
  UPDATE public.storage_locations SET deleted_at = NULL
    WHERE tenant_id = public.current_tenant_id() AND id = ANY (back_locations) AND deleted_at IS NOT NULL;
  WITH ended AS (
    UPDATE public.trash_items SET ended_at = now(), ended_how = how
    WHERE tenant_id = public.current_tenant_id() AND ended_at IS NULL AND (
      (kind = 'product' AND record_id = ANY (back_products)) OR (kind = 'asset' AND record_id = ANY (wanted_assets))
      OR (kind = 'event' AND record_id = ANY (wanted_events))
      OR (kind = 'storage_location' AND record_id = ANY (back_locations)))
    RETURNING id
  )
  UPDATE public.trash_items t SET root_id = t.id
    WHERE t.tenant_id = public.current_tenant_id() AND t.ended_at IS NULL
      AND t.root_id IN (SELECT id FROM ended) AND t.id NOT IN (SELECT id FROM ended);
END
$$;

-- A scan has happened, whoever deleted what it names meanwhile: it counts, and the thing, its event and its place come back
-- with it. Almost always nothing of the company is deleted, and one look at small indexes is all that this costs.
CREATE FUNCTION bring_back_moved() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
DECLARE
  moved_assets uuid[];
  named_events uuid[];
  named_locations uuid[];
BEGIN
  IF NOT EXISTS (SELECT FROM public.assets WHERE tenant_id = public.current_tenant_id() AND deleted_at IS NOT NULL)
    AND NOT EXISTS (SELECT FROM public.events WHERE tenant_id = public.current_tenant_id() AND deleted_at IS NOT NULL)
    AND NOT EXISTS (SELECT FROM public.storage_locations WHERE tenant_id = public.current_tenant_id() AND deleted_at IS NOT NULL)
  THEN
    RETURN NULL;
  END IF;
  SELECT array_agg(DISTINCT a.id) INTO moved_assets FROM moved m JOIN public.assets a
    ON a.tenant_id = m.tenant_id AND a.id = m.asset_id AND a.deleted_at IS NOT NULL;
  SELECT array_agg(DISTINCT e.id) INTO named_events FROM moved m JOIN public.events e
    ON e.tenant_id = m.tenant_id AND e.id IN (m.to_id, m.event_id) AND e.deleted_at IS NOT NULL;
  SELECT array_agg(DISTINCT l.id) INTO named_locations FROM moved m JOIN public.storage_locations l
    ON l.tenant_id = m.tenant_id AND l.id = m.to_id AND l.deleted_at IS NOT NULL;
  IF num_nonnulls(moved_assets, named_events, named_locations) > 0 THEN
    CALL public.bring_back('{}', coalesce(moved_assets, '{}'), coalesce(named_events, '{}'), coalesce(named_locations, '{}'), 'came_back');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER bring_back_moved AFTER INSERT ON movements REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION bring_back_moved();
-- A code that was scanned before anybody knew whose it is.
CREATE TRIGGER bring_back_assigned AFTER UPDATE ON movements REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION bring_back_moved();

-- The same for loose pieces, whose stock is named <product>:<kind>:<place>.
CREATE FUNCTION bring_back_counted() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
DECLARE
  counted_products uuid[];
  named_events uuid[];
  named_locations uuid[];
BEGIN
  IF NOT EXISTS (SELECT FROM public.products WHERE tenant_id = public.current_tenant_id() AND deleted_at IS NOT NULL)
    AND NOT EXISTS (SELECT FROM public.events WHERE tenant_id = public.current_tenant_id() AND deleted_at IS NOT NULL)
    AND NOT EXISTS (SELECT FROM public.storage_locations WHERE tenant_id = public.current_tenant_id() AND deleted_at IS NOT NULL)
  THEN
    RETURN NULL;
  END IF;
  SELECT array_agg(DISTINCT p.id) INTO counted_products FROM counted c JOIN public.products p
    ON p.tenant_id = c.tenant_id AND p.id = split_part(c.stock_id, ':', 1)::uuid AND p.deleted_at IS NOT NULL;
  SELECT array_agg(DISTINCT e.id) INTO named_events FROM counted c JOIN public.events e
    ON e.tenant_id = c.tenant_id AND e.id IN (split_part(c.stock_id, ':', 3)::uuid, c.other_id) AND e.deleted_at IS NOT NULL;
  SELECT array_agg(DISTINCT l.id) INTO named_locations FROM counted c JOIN public.storage_locations l
    ON l.tenant_id = c.tenant_id AND l.id IN (split_part(c.stock_id, ':', 3)::uuid, c.other_id) AND l.deleted_at IS NOT NULL;
  IF num_nonnulls(counted_products, named_events, named_locations) > 0 THEN
    CALL public.bring_back(coalesce(counted_products, '{}'), '{}', coalesce(named_events, '{}'), coalesce(named_locations, '{}'), 'came_back');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER bring_back_counted AFTER INSERT ON bulk_movements REFERENCING NEW TABLE AS counted
  FOR EACH STATEMENT EXECUTE FUNCTION bring_back_counted();

-- Removes for good what lay in the trash of the current company for longer than it says. The running system may delete no
-- record by itself, so this runs with the owner's rights; row-level security is forced on owners too. What a fact, a file or
-- anything else still names stays as a row that is marked deleted and cannot be brought back by hand: facts are never lost.
CREATE FUNCTION purge_trash() RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$
DECLARE
  own uuid := public.current_tenant_id();
  item record;
  purged integer := 0;
BEGIN
  FOR item IN
    SELECT i.id, i.kind, i.record_id FROM public.trash_items i JOIN public.tenants t ON t.id = own
    WHERE i.tenant_id = own AND i.ended_at IS NULL AND i.deleted_at < now() - make_interval(days => t.trash_days)
    ORDER BY i.kind = 'product', i.deleted_at, i.id
    FOR UPDATE OF i
  LOOP
    BEGIN
      CASE item.kind
        WHEN 'asset' THEN
          IF EXISTS (SELECT FROM public.assets a WHERE a.tenant_id = own AND a.place_id = item.record_id) THEN
            RAISE foreign_key_violation;
          END IF;
          DELETE FROM public.labels WHERE tenant_id = own AND asset_id = item.record_id;
          DELETE FROM public.assets WHERE tenant_id = own AND id = item.record_id AND deleted_at IS NOT NULL;
        WHEN 'event' THEN
          IF EXISTS (SELECT FROM public.movements m WHERE m.tenant_id = own AND item.record_id IN (m.to_id, m.event_id))
            OR EXISTS (SELECT FROM public.bulk_movements b WHERE b.tenant_id = own
              AND (b.other_id = item.record_id OR b.stock_id LIKE '%:' || item.record_id))
          THEN
            RAISE foreign_key_violation;
          END IF;
          DELETE FROM public.pull_list_lines WHERE tenant_id = own AND event_id = item.record_id;
          DELETE FROM public.pull_lists WHERE tenant_id = own AND event_id = item.record_id;
          DELETE FROM public.events WHERE tenant_id = own AND id = item.record_id AND deleted_at IS NOT NULL;
        WHEN 'storage_location' THEN
          IF EXISTS (SELECT FROM public.assets a WHERE a.tenant_id = own AND item.record_id IN (a.place_id, a.baseline_id))
            OR EXISTS (SELECT FROM public.movements m WHERE m.tenant_id = own AND m.to_id = item.record_id)
            OR EXISTS (SELECT FROM public.bulk_movements b WHERE b.tenant_id = own
              AND (b.other_id = item.record_id OR b.stock_id LIKE '%:' || item.record_id))
          THEN
            RAISE foreign_key_violation;
          END IF;
          DELETE FROM public.labels WHERE tenant_id = own AND location_id = item.record_id;
          DELETE FROM public.storage_locations WHERE tenant_id = own AND id = item.record_id AND deleted_at IS NOT NULL;
        ELSE
          IF EXISTS (SELECT FROM public.bulk_movements b WHERE b.tenant_id = own AND b.stock_id LIKE item.record_id || ':%') THEN
            RAISE foreign_key_violation;
          END IF;
          DELETE FROM public.products WHERE tenant_id = own AND id = item.record_id AND deleted_at IS NOT NULL;
      END CASE;
    EXCEPTION WHEN foreign_key_violation THEN
      NULL;
    END;
    UPDATE public.trash_items SET ended_at = now(), ended_how = 'purged' WHERE tenant_id = own AND id = item.id;
    purged := purged + 1;
  END LOOP;
  RETURN purged;
END
$$;

CREATE FUNCTION tenants_with_old_trash() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT DISTINCT i.tenant_id FROM public.trash_items i
    WHERE i.ended_at IS NULL AND i.deleted_at < now() - interval '1 day'
  $$;
REVOKE ALL ON FUNCTION purge_trash, tenants_with_old_trash FROM PUBLIC;
REVOKE ALL ON PROCEDURE bring_back FROM PUBLIC;
GRANT EXECUTE ON FUNCTION purge_trash, tenants_with_old_trash TO eventkit_app;
GRANT EXECUTE ON PROCEDURE bring_back TO eventkit_app;
