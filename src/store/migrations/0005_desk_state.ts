/** The desk's latched state with its row in the log, breaches of loss limits, and how limits were used over time. */
export const sql = `
CREATE TABLE desk_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  latch TEXT NOT NULL CHECK (json_valid(latch)),
  at INTEGER NOT NULL,
  seq INTEGER NOT NULL UNIQUE REFERENCES audit (seq)
) STRICT;

-- The last state is found without a walk through all decisions.
CREATE INDEX audit_states ON audit (seq) WHERE kind = 'state';

CREATE TABLE limit_breach (
  breach_id TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  title TEXT NOT NULL,
  code TEXT NOT NULL,
  at INTEGER NOT NULL,
  used TEXT,
  most TEXT,
  says TEXT NOT NULL,
  acknowledged_at INTEGER,
  note TEXT,
  seq INTEGER NOT NULL REFERENCES audit (seq)
) STRICT;
CREATE INDEX limit_breach_by_time ON limit_breach (at);

-- A picture for charts, no part of a decision: no row in the log.
CREATE TABLE limit_point (
  key TEXT NOT NULL,
  at INTEGER NOT NULL,
  used TEXT NOT NULL,
  most TEXT NOT NULL,
  utilisation TEXT,
  PRIMARY KEY (key, at)
) STRICT, WITHOUT ROWID;
`
