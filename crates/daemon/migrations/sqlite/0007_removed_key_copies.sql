-- What the daemon destroyed of its copy of a private half, and whether a search showed that it is gone.

ALTER TABLE signing_keys ADD COLUMN removed_copies TEXT;                          -- RemovedCopies as JSON; null: none
