-- The role of the official PowerSync service, for psql as the owner of the database, with the variable
-- powersync_password. May be run again, and must be after an update whose migrations publish further tables.

SELECT format('CREATE ROLE powersync LOGIN REPLICATION BYPASSRLS PASSWORD %L', :'powersync_password')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'powersync') \gexec

-- Only what is published is read: not sessions, not the audit trail.
SELECT format('GRANT SELECT ON %I.%I TO powersync', schemaname, tablename)
FROM pg_publication_tables WHERE pubname = 'powersync' \gexec

GRANT USAGE ON SCHEMA public TO powersync;

SELECT 'CREATE DATABASE powersync_storage OWNER powersync'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'powersync_storage') \gexec
