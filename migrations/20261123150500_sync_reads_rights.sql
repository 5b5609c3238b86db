-- The sync server compares what a token says of its user with what they may do now.
GRANT SELECT ON roles TO eventkit_sync;
CREATE POLICY rights_look_up ON roles FOR SELECT TO eventkit_sync USING (true);
