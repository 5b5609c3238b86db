-- Who works elsewhere than the company reads times as they are there. Null: in the company's zone.
ALTER TABLE users ADD time_zone text CHECK (length(time_zone) BETWEEN 1 AND 64);
CALL audit_changes('users');
