-- The whole life of a signing key, and batches that wait for a console's signature.

ALTER TABLE signing_keys ADD COLUMN predecessor_id TEXT REFERENCES signing_keys (id);
ALTER TABLE signing_keys ADD COLUMN introduced_at  BIGINT;                        -- it began to sign: able to, and named by a config
ALTER TABLE signing_keys ADD COLUMN google         TEXT;                          -- Share as JSON; null: not sent
ALTER TABLE signing_keys ADD COLUMN apple          TEXT;                          -- Share as JSON; null: not sent
ALTER TABLE signing_keys ADD COLUMN ends_at        BIGINT;
ALTER TABLE signing_keys ADD COLUMN retired_at     BIGINT;                        -- the end had come and nothing stood in its way
ALTER TABLE signing_keys ADD COLUMN rotation_days  INTEGER NOT NULL DEFAULT 365;
ALTER TABLE signing_keys ADD COLUMN backed_up_at   BIGINT;
ALTER TABLE signing_keys ADD COLUMN authority      TEXT;                          -- AuthorityDetails as JSON
ALTER TABLE signing_keys ADD COLUMN token_key      TEXT;                          -- custody hsm: CKA_ID, lower-case hex

UPDATE signing_keys SET introduced_at = provisioned_at
WHERE EXISTS (SELECT 1 FROM export_config_signing_keys l WHERE l.signing_key_id = signing_keys.id);

-- What happened to each key, for people. The audit log has it too, chained; this one is read by key.
CREATE TABLE signing_key_events (
    signing_key_id TEXT    NOT NULL REFERENCES signing_keys (id),
    sequence       INTEGER NOT NULL,          -- from 1, for each key
    at             BIGINT  NOT NULL,
    by_name        TEXT    NOT NULL,
    kind           TEXT    NOT NULL,
    note           TEXT    NOT NULL,
    PRIMARY KEY (signing_key_id, sequence)
);

-- What the audit log tells of the keys that are there already.
INSERT INTO signing_key_events (signing_key_id, sequence, at, by_name, kind, note)
SELECT resource_id, ROW_NUMBER() OVER (PARTITION BY resource_id ORDER BY sequence), at, actor_name,
       CASE action WHEN 'signing-key.register' THEN 'generated'
                   WHEN 'signing-key.provision' THEN 'provisioned'
                   ELSE 'revoked' END,
       ''
FROM audit_entries
WHERE action IN ('signing-key.register', 'signing-key.provision', 'signing-key.revoke') AND result = 'ok'
  AND resource_id IN (SELECT id FROM signing_keys);

-- Finished files of batches that await signatures. Gone once the batch is complete or its keys have changed.
CREATE TABLE unsigned_files (
    batch_id        TEXT    NOT NULL REFERENCES batches (id),
    number          INTEGER NOT NULL,         -- as in export_files
    digest          TEXT    NOT NULL,         -- SHA-256 of export_bin, lower-case hex
    export_bin      BLOB    NOT NULL,
    signers         TEXT    NOT NULL,         -- ids of the signing keys, JSON, in the file's order
    start_timestamp BIGINT  NOT NULL,
    end_timestamp   BIGINT  NOT NULL,
    keys            INTEGER NOT NULL,
    revised_keys    INTEGER NOT NULL,
    created_at      BIGINT  NOT NULL,
    PRIMARY KEY (batch_id, number)
);

-- Signatures that can't be made again as they were (a token's are random) or not by the daemon (a console's).
-- Kept by what was signed, so that a batch which is run again gets the same bytes.
CREATE TABLE signatures (
    digest         TEXT   NOT NULL,           -- SHA-256 of an export.bin, lower-case hex
    signing_key_id TEXT   NOT NULL REFERENCES signing_keys (id),
    signature      BLOB   NOT NULL,           -- DER
    made_at        BIGINT NOT NULL,
    made_by        TEXT   NOT NULL,           -- the name of who signed; tekportd where the daemon did
    PRIMARY KEY (digest, signing_key_id)
);
