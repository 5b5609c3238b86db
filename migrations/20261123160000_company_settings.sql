-- What a company decides for itself stands in its own row: every company has all of it from the start, and there is one
-- place to read it from. What the checks here leave open (formats of tax ids, names of time zones) the code looks at.
ALTER TABLE tenants
  -- ISO 3166-1; which format a VAT id has, and how long records are kept, follow it.
  ADD country text NOT NULL DEFAULT 'AT' CHECK (country ~ '^[A-Z]{2}$'),
  -- Empty: none given.
  ADD vat_id text NOT NULL DEFAULT '' CHECK (length(vat_id) <= 40),
  ADD tax_number text NOT NULL DEFAULT '' CHECK (length(tax_number) <= 40),
  -- Lines as on an envelope.
  ADD address text NOT NULL DEFAULT '' CHECK (length(address) <= 500),
  -- ISO 8601: Monday is 1.
  ADD working_days smallint[] NOT NULL DEFAULT '{1,2,3,4,5}'
    CHECK (cardinality(working_days) BETWEEN 1 AND 7 AND working_days <@ '{1,2,3,4,5,6,7}'),
  ADD first_day_of_week smallint NOT NULL DEFAULT 1 CHECK (first_day_of_week BETWEEN 1 AND 7),
  -- Text, {YYYY}, {YY}, {MM} and one counter such as {0000}.
  ADD quote_number_pattern text NOT NULL DEFAULT 'QU-{YYYY}-{0000}' CHECK (length(quote_number_pattern) <= 40),
  ADD order_number_pattern text NOT NULL DEFAULT 'OR-{YYYY}-{0000}' CHECK (length(order_number_pattern) <= 40),
  ADD delivery_note_number_pattern text NOT NULL DEFAULT 'DN-{YYYY}-{0000}' CHECK (length(delivery_note_number_pattern) <= 40),
  ADD invoice_number_pattern text NOT NULL DEFAULT 'IN-{YYYY}-{0000}' CHECK (length(invoice_number_pattern) <= 40),
  ADD brand_colour text NOT NULL DEFAULT '#1f1f1c' CHECK (brand_colour ~ '^#[0-9a-f]{6}$'),
  -- Empty: the company's name.
  ADD mail_sender_name text NOT NULL DEFAULT '' CHECK (length(mail_sender_name) <= 120),
  ADD offline_lease_hours smallint NOT NULL DEFAULT 72 CHECK (offline_lease_hours BETWEEN 1 AND 336),
  ADD trash_days smallint NOT NULL DEFAULT 30 CHECK (trash_days BETWEEN 1 AND 365),
  -- How many years the law asks for depends on the country.
  ADD audit_years smallint NOT NULL DEFAULT 10 CHECK (audit_years BETWEEN 7 AND 30),
  -- Null: as many as there are. Nothing is ever refused because of them.
  ADD quota_people integer CHECK (quota_people > 0),
  ADD quota_devices integer CHECK (quota_devices > 0),
  ADD quota_assets integer CHECK (quota_assets > 0),
  ADD quota_storage_megabytes integer CHECK (quota_storage_megabytes > 0),
  -- Goes up with every change, so that nobody writes over what somebody else has just changed.
  ADD settings_version integer NOT NULL DEFAULT 1,
  ADD settings_changed_at timestamptz,
  ADD settings_changed_by uuid,
  ADD FOREIGN KEY (tenant_id, settings_changed_by) REFERENCES users (tenant_id, id);
CALL audit_changes('tenants');
