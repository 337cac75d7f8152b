/** Settings of the book by key, each with its row in the log, and which stored profiles were put in force for the book. */
export const sql = `
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value)),
  at INTEGER NOT NULL,
  seq INTEGER NOT NULL UNIQUE REFERENCES audit (seq)
) STRICT;

-- A profile may be kept for replay alone: of one strategy, or of an order decided under an override.
ALTER TABLE profile ADD COLUMN in_force INTEGER NOT NULL DEFAULT 1 CHECK (in_force IN (0, 1));
`
