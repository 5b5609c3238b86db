-- What flows down to devices. The name is the one that the official PowerSync service expects.
CREATE PUBLICATION powersync FOR TABLE
  labels, products, storage_locations, assets, events, pull_lists, pull_list_lines,
  users, devices, movements, conflicts, operations;
