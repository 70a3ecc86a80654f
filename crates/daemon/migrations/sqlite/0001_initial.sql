-- Tekport's store. Times are seconds since 1970-01-01T00:00:00Z; ids are UUIDv7 as text; JSON is text.
-- The statements stay in what SQLite and PostgreSQL share, as do all queries ($1, $2, … placeholders).

-- The distinct sets of regions that TEKs carry: few, so that a config's rules resolve to ids first and the
-- TEK query stays an index range scan. `regions` is canonical: sorted, in capitals, joined by commas.
CREATE TABLE region_sets (
    id      INTEGER PRIMARY KEY,
    regions TEXT NOT NULL UNIQUE
);

-- One row per state of a TEK: revision 0 is the first release, each later one what a revision made of it.
-- Rows are never changed after they were written, so that a batch that is run again reads what it read before.
CREATE TABLE teks (
    key_data              BLOB    NOT NULL CHECK (length(key_data) = 16),
    revision              INTEGER NOT NULL,
    rolling_start         BIGINT  NOT NULL,
    rolling_period        INTEGER NOT NULL,
    transmission_risk     INTEGER NOT NULL,
    report_type           INTEGER NOT NULL,
    days_since_onset      INTEGER,            -- null: the key carries none
    variant_of_concern    INTEGER NOT NULL,
    traveler              INTEGER NOT NULL,   -- 0 or 1
    region_set_id         INTEGER NOT NULL REFERENCES region_sets (id),
    received_at           BIGINT  NOT NULL,   -- decides which window's reconciliation counts it
    release_at            BIGINT  NOT NULL,   -- decides which window exports it; >= received_at and >= end of validity + 2 h
    generated             INTEGER NOT NULL,   -- 1: made by padding, not a person's
    PRIMARY KEY (key_data, revision)
);
CREATE INDEX teks_by_release ON teks (region_set_id, release_at, key_data, revision);
CREATE INDEX teks_by_receipt ON teks (region_set_id, received_at);

CREATE TABLE export_configs (
    id              TEXT    PRIMARY KEY,
    revision        INTEGER NOT NULL,
    fields          TEXT    NOT NULL,         -- ExportConfigDraft as JSON, normalised
    storage_target  TEXT    NOT NULL,         -- copies of fields, for constraints
    path_prefix     TEXT    NOT NULL,
    paused          INTEGER NOT NULL,
    windows_through BIGINT,                   -- end of the last window a batch was made for; null before the first
    created_at      BIGINT  NOT NULL,
    updated_at      BIGINT  NOT NULL,
    -- A prefix belongs to one config for ever: two would mix their windows in one index, and a path is never
    -- reused for other content.
    UNIQUE (storage_target, path_prefix)
);

CREATE TABLE signing_keys (
    id             TEXT    PRIMARY KEY,
    revision       INTEGER NOT NULL,
    key_id         TEXT    NOT NULL,
    key_version    TEXT    NOT NULL,
    public_key_pem TEXT    NOT NULL,
    fingerprint    TEXT    NOT NULL UNIQUE,
    custody        TEXT    NOT NULL,
    sealed         BLOB,                      -- the PKCS#8 under the root key, bound to (signing_keys, id, sealed)
    created_at     BIGINT  NOT NULL,
    created_by     TEXT    NOT NULL,
    provisioned_at BIGINT,
    revoked_at     BIGINT,
    UNIQUE (key_id, key_version)
);

CREATE TABLE export_config_signing_keys (
    config_id      TEXT NOT NULL REFERENCES export_configs (id),
    signing_key_id TEXT NOT NULL REFERENCES signing_keys (id),
    PRIMARY KEY (config_id, signing_key_id)
);

CREATE TABLE batches (
    id              TEXT    PRIMARY KEY,
    config_id       TEXT    NOT NULL REFERENCES export_configs (id),
    window_start    BIGINT  NOT NULL,
    window_end      BIGINT  NOT NULL,
    generation      INTEGER NOT NULL,         -- 0, and one more with each regeneration
    collect_from    BIGINT,                   -- earlier than window_start where held-over windows are carried; null until collected
    fields          TEXT    NOT NULL,         -- the config's fields when the batch was made: what decides which keys match
    padded_at       BIGINT,                   -- when padding was settled (also when none was needed)
    state           TEXT    NOT NULL,
    attempts        INTEGER NOT NULL,
    error           TEXT,
    next_attempt_at BIGINT,
    lease_owner     TEXT,
    lease_until     BIGINT,
    counts          TEXT,                     -- BatchCounts as JSON
    created_at      BIGINT  NOT NULL,
    completed_at    BIGINT,
    UNIQUE (config_id, window_start, window_end, generation)
);
CREATE INDEX batches_by_config ON batches (config_id, window_end);
CREATE INDEX batches_by_state ON batches (state, window_end);

CREATE TABLE export_files (
    id              TEXT    PRIMARY KEY,
    batch_id        TEXT    NOT NULL REFERENCES batches (id),
    config_id       TEXT    NOT NULL REFERENCES export_configs (id),
    storage_target  TEXT    NOT NULL,
    path            TEXT    NOT NULL,
    number          INTEGER NOT NULL,         -- n of the name, from 1, going on through regenerations of the window
    start_timestamp BIGINT  NOT NULL,
    end_timestamp   BIGINT  NOT NULL,
    keys            INTEGER NOT NULL,
    revised_keys    INTEGER NOT NULL,
    size_bytes      BIGINT  NOT NULL,
    sha256          TEXT    NOT NULL,
    signed_by       TEXT    NOT NULL,         -- [FileSigner] as JSON, in the file's order
    created_at      BIGINT  NOT NULL,
    position        BIGINT,                   -- order of publication; null until the batch is complete
    published_at    BIGINT,
    withdrawn_at    BIGINT,
    deleted_at      BIGINT,
    UNIQUE (storage_target, path),
    UNIQUE (config_id, start_timestamp, end_timestamp)
);
CREATE UNIQUE INDEX export_files_by_position ON export_files (config_id, position);
CREATE INDEX export_files_by_batch ON export_files (batch_id);

-- What each attempt at a batch came to.
CREATE TABLE batch_attempts (
    batch_id TEXT    NOT NULL REFERENCES batches (id),
    attempt  INTEGER NOT NULL,
    at       BIGINT  NOT NULL,
    error    TEXT,
    PRIMARY KEY (batch_id, attempt)
);

-- Single values: 'collected_through', the end of the newest window that any batch has begun to collect. A TEK
-- never gets a release_at before it, so that a slow publish can't land in a closed window.
CREATE TABLE watermarks (
    name  TEXT   PRIMARY KEY,
    value BIGINT NOT NULL
);

-- The daemon's own secrets (CA key, server key, sealing key) under the root key, each bound to (secrets, name, value).
CREATE TABLE secrets (
    name       TEXT   PRIMARY KEY,
    value      BLOB   NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE people (
    id           TEXT    PRIMARY KEY,
    revision     INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    roles        TEXT    NOT NULL,            -- JSON array
    created_at   BIGINT  NOT NULL,
    last_seen_at BIGINT,
    revoked_at   BIGINT
);

CREATE TABLE certificates (
    fingerprint TEXT   PRIMARY KEY,           -- SHA-256 of the DER, lower-case hex
    person_id   TEXT   NOT NULL REFERENCES people (id),
    not_before  BIGINT NOT NULL,
    not_after   BIGINT NOT NULL,
    issued_at   BIGINT NOT NULL,
    revoked_at  BIGINT
);

CREATE TABLE enrolment_codes (
    secret_hash TEXT   PRIMARY KEY,           -- SHA-256 of the secret, lower-case hex
    person_id   TEXT   NOT NULL REFERENCES people (id),
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    used_at     BIGINT
);

CREATE TABLE audit_entries (
    sequence      BIGINT PRIMARY KEY,
    at            BIGINT NOT NULL,
    actor_id      TEXT   NOT NULL,
    actor_name    TEXT   NOT NULL,
    certificate   TEXT,
    action        TEXT   NOT NULL,
    resource_kind TEXT   NOT NULL,
    resource_id   TEXT   NOT NULL,
    result        TEXT   NOT NULL,
    before        TEXT,
    after         TEXT,
    previous_hash TEXT   NOT NULL,
    hash          TEXT   NOT NULL
);

CREATE TABLE idempotency_keys (
    person_id    TEXT    NOT NULL,
    key          TEXT    NOT NULL,
    request_hash TEXT    NOT NULL,            -- SHA-256 over method, path and body
    status       INTEGER NOT NULL,
    headers      TEXT    NOT NULL,
    body         BLOB    NOT NULL,
    created_at   BIGINT  NOT NULL,
    PRIMARY KEY (person_id, key)
);
