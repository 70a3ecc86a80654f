-- Counting batches by day and state, and listing those of a config, without reading the batches themselves.

CREATE INDEX batches_by_config_and_state ON batches (config_id, window_end, state);
DROP INDEX batches_by_config;
