-- On which days keys came in, by what decides which configs take them. Kept when the keys themselves are long gone:
-- so it is known how long none have come, and that some used to.

CREATE TABLE receipt_days (
    region_set_id INTEGER NOT NULL REFERENCES region_sets (id),
    traveler      INTEGER NOT NULL,           -- 0 or 1
    day           BIGINT  NOT NULL,           -- days since 1970-01-01, in UTC
    keys          BIGINT  NOT NULL,           -- first reports and revisions; generated keys not at all
    PRIMARY KEY (region_set_id, traveler, day)
);

-- What the keys tell that are there already.
INSERT INTO receipt_days (region_set_id, traveler, day, keys)
SELECT region_set_id, traveler, received_at / 86400, COUNT(*) FROM teks
WHERE generated = 0 GROUP BY region_set_id, traveler, received_at / 86400;
