-- What a batch failed with as a code and its values (JSON), beside the sentence in English: consoles word it in other
-- languages. Absent for what failed before.
ALTER TABLE batches ADD COLUMN error_message TEXT;
ALTER TABLE batch_attempts ADD COLUMN error_message TEXT;
