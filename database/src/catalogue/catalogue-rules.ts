/** What the catalogue must be like, and what is allowed to differ, each with its reason. */

/** Tables of the schema public that belong to no tenant. */
export const tablesWithoutTenant: ReadonlyMap<string, string> = new Map([
  ['push_keys', 'the key by which push services know the installation; the app has no rights on it'],
  ['schema_migrations', 'says which migrations ran on this database; the app has no rights on it'],
]);

/** Unique keys that leave the tenant out. */
export const keysWithoutTenant: ReadonlyMap<string, string> = new Map([
  ['tenants_pkey', 'the id is the tenant'],
  ['tenants_slug_key', 'addresses of tenants are one namespace; only the owner makes tenants'],
]);

/** Functions that run with the owner's rights. */
export const definerFunctions: ReadonlyMap<string, string> = new Map([
  ['find_user_by_email', 'sign-in starts before the tenant is known; answers ids only'],
  ['find_user_by_subject', 'sign-in by the identity that the provider signed; answers ids and role only'],
  ['tenants_with_kept_operations', 'the server tries kept operations again; answers ids of companies only'],
  ['tenants_with_old_idempotency_keys', 'keys are removed after a day; answers ids of companies only'],
  ['tenants_with_ended_sessions', 'ended sessions are removed; answers ids of companies only'],
  ['find_api_key', 'a key comes before the tenant is known; needs the hash of a 256-bit secret'],
  ['tenants_of_provider_sessions', 'the provider ends sessions of persons; answers ids of companies only'],
  ['audit_linked_by_all', 'links of the trail are made for all companies in turn; answers one number'],
  ['tenants_to_link', 'links of the trail are made for all companies in turn; answers ids of companies only'],
  [
    'tenants_with_trails',
    'links of the trail are made for all companies in turn; answers ids of companies only',
  ],
  ['purge_trash', 'what lay in the trash long enough is removed; of the current company only'],
  ['tenants_with_old_trash', 'what lay in the trash long enough is removed; answers ids of companies only'],
  ['purge_files', 'files set aside long enough and bytes that nothing names; of the current company only'],
  ['tenants_with_old_files', 'files set aside long enough are removed; answers ids of companies only'],
  ['tenants_with_ended_blobs', 'bytes that nothing names are removed; answers ids of companies only'],
  ['sign_ups_lately', 'holds a flood of mail from one address; answers one number'],
  ['tenants_with_sign_up_mail', 'mail to those who sign up; answers ids only'],
  ['tenants_with_old_sign_ups', 'old requests are removed; answers ids only'],
  ['all_sign_ups', 'for the operator, who is the owner; nobody else may call it'],
  ['tenants_with_old_notifications', 'old ones are removed after a time; answers ids of companies only'],
  ['tenants_with_silent_devices', 'silent devices are told of; answers ids of companies only'],
  ['tenants_with_dues', 'people are pushed and mailed to; answers ids of companies only'],
  ['find_session', 'a cookie comes before the tenant is known; needs the hash of a 256-bit id'],
]);

/** Policies beside `own_tenant`, with the roles they are for. */
export const otherPolicies: ReadonlyMap<string, 'eventkit_sync' | 'owner'> = new Map([
  ['replication', 'eventkit_sync'],
  ['rights_look_up', 'eventkit_sync'],
  ['sign_in_look_up', 'owner'],
  ['session_look_up', 'owner'],
  ['kept_look_up', 'owner'],
  ['api_key_look_up', 'owner'],
  ['old_keys_look_up', 'owner'],
  ['trail_look_up', 'owner'],
  ['sign_up_look_up', 'owner'],
  ['trash_look_up', 'owner'],
  ['notifications_look_up', 'owner'],
  ['blob_look_up', 'owner'],
]);

/** Tables whose every change leaves a row in audit_log. */
export const auditedTables: readonly string[] = [
  'tenants',
  'users',
  'roles',
  'api_keys',
  'devices',
  'badges',
  'enrolments',
  'products',
  'storage_locations',
  'vehicles',
  'case_template_lines',
  'assets',
  'attachments',
  'files',
  'file_versions',
  'labels',
  'label_facts',
  'events',
  'pull_lists',
  'pull_list_lines',
  'field_edits',
  'edited_rows',
  'line_fillings',
  'line_filling_facts',
  'movements',
  'bulk_movements',
  'bulk_stock',
  'transport_facts',
  'vehicle_states',
  'truck_packs',
  'stocktakes',
  'stocktake_facts',
  'count_lines',
  'count_facts',
  'conflicts',
];

/** Tables that need no audit rows. */
export const unauditedTables: ReadonlyMap<string, string> = new Map([
  ['audit_log', 'is the trail'],
  ['audit_links', 'chain the trail'],
  ['operations', 'only ever added to, with who, when and the bytes'],
  ['unreadable_operations', 'only ever added to, with the bytes; what changes is what each try says'],
  ['device_progress', 'counters of each push'],
  ['asset_standings', 'what movements come to, made anew from them at any time'],
  ['idempotency_keys', 'repeat for a day what writes answered; the writes themselves are audited'],
  ['api_key_uses', 'when each key was used last; each call is in the log of the API'],
  ['pins', 'guessable from any copy of their hash; the end of what rests on one is audited as enrolments'],
  ['pin_tries', 'counters of wrong tries; each try is in the log of the API'],
  [
    'sign_ups',
    'of people who are nobody yet, removed after a time; the company that comes of one is audited',
  ],
  ['trash_items', 'list what deleted_at of audited records says too'],
  ['blobs', 'say which bytes lie in the store; what names them is audited'],
  ['ended_blobs', 'list bytes that are to go; what named them is audited'],
  ['sessions', 'hold secrets; sign-ins are logged by the API'],
  ['notification_preferences', 'how each person wants to be told; nothing of the company follows from it'],
  ['quiet_hours', 'how each person wants to be told; nothing of the company follows from it'],
  ['push_subscriptions', 'hold secrets of browsers, and end with their sessions'],
  ['push_keys', 'a secret of the installation'],
  ['notification_dues', 'what is to be sent yet'],
  ['notifications', 'tell people of what is in the trail itself'],
  ['dashboard_layouts', 'how each person arranges what they look at; nothing of the company follows from it'],
]);

/** Schemas beside public that a role may use. */
export const otherSchemas: ReadonlyMap<string, string> = new Map([
  ['sync', 'eventkit_sync'],
  // What is still served while a changed configuration is copied.
  ['sync_served', 'eventkit_sync'],
  // The queue of jobs, of which nobody else sees anything.
  ['graphile_worker', 'eventkit_jobs'],
]);
