-- When the last invitation went off to a person by e-mail; null where none did.
ALTER TABLE users ADD invitation_sent_at timestamptz;
CALL audit_changes('users');
