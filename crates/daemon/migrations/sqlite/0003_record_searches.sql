-- What the console searches the records by.

CREATE INDEX audit_entries_by_action ON audit_entries (action, sequence);
CREATE INDEX audit_entries_by_actor ON audit_entries (actor_id, sequence);
CREATE INDEX audit_entries_by_resource ON audit_entries (resource_kind, resource_id, sequence);
CREATE INDEX audit_entries_by_time ON audit_entries (at, sequence);
CREATE INDEX enrolment_codes_by_person ON enrolment_codes (person_id, expires_at);
CREATE INDEX batches_by_window ON batches (window_end, id);
