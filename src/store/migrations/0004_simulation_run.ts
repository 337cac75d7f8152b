/** Finished simulations with what was asked and found, and named scenarios. Neither is part of a decision: no row in the log. */
export const sql = `
CREATE TABLE simulation_run (
  record_id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  engine TEXT NOT NULL,
  seed INTEGER NOT NULL CHECK (seed >= 0),
  paths INTEGER NOT NULL CHECK (paths > 0),
  trades INTEGER NOT NULL CHECK (trades > 0),
  milliseconds REAL NOT NULL CHECK (milliseconds >= 0),
  says TEXT NOT NULL,
  input TEXT NOT NULL CHECK (json_valid(input)),
  found TEXT NOT NULL CHECK (json_valid(found))
) STRICT;
CREATE INDEX simulation_run_by_time ON simulation_run (at);

CREATE TABLE scenario (
  name TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  content TEXT NOT NULL CHECK (json_valid(content))
) STRICT;
`
