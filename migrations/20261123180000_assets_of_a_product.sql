-- A list of the assets of one product comes in the order of their codes. Without the code in the index PostgreSQL read all
-- assets of the company in that order, or all of the product to sort them.
DROP INDEX assets_by_product;
CREATE INDEX assets_by_product ON assets (tenant_id, product_id, code, id);
