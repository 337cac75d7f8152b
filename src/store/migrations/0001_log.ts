import { appendOnly, decimal, hash } from '../column-checks.ts'

/** The book itself: its log, its decisions and the states these were made in. */
export const sql = `
CREATE TABLE book (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  book_id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('paper', 'live', 'sample')),
  created_at INTEGER NOT NULL,
  clock INTEGER
) STRICT;

-- ledger counts every change but decisions; terms counts changes of what trades are valued with.
CREATE TABLE version (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  ledger INTEGER NOT NULL,
  terms INTEGER NOT NULL
) STRICT;
INSERT INTO version (id, ledger, terms) VALUES (1, 0, 0);

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind NOT GLOB '*[^a-z-]*'),
  previous TEXT NOT NULL ${hash('previous')},
  hash TEXT NOT NULL ${hash('hash')},
  body TEXT NOT NULL
) STRICT;
${appendOnly('audit')}
-- Refuses REPLACE too, whatever the settings of the connection: a new row is always the next of the chain.
CREATE TRIGGER audit_only_next BEFORE INSERT ON audit
WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'audit is append-only: a row is not the next'); END;

CREATE TABLE book_state (
  hash TEXT PRIMARY KEY ${hash('hash')},
  body TEXT NOT NULL
) STRICT;
${appendOnly('book_state')}
CREATE TRIGGER book_state_once BEFORE INSERT ON book_state
WHEN EXISTS (SELECT 1 FROM book_state WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'book_state is append-only: the state is known'); END;

CREATE TABLE decision (
  seq INTEGER PRIMARY KEY REFERENCES audit (seq),
  decision_id TEXT NOT NULL UNIQUE,
  recorded_at INTEGER NOT NULL,
  at INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('entry', 'exit')),
  symbol TEXT NOT NULL,
  side TEXT CHECK (side IN ('buy', 'sell')),
  strategy TEXT,
  method TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('approved', 'reduced', 'rejected')),
  quantity TEXT NOT NULL ${decimal('quantity')},
  proposed TEXT ${decimal('proposed')},
  notional TEXT NOT NULL ${decimal('notional')},
  risk_amount TEXT NOT NULL ${decimal('risk_amount')},
  binding TEXT,
  codes TEXT NOT NULL,
  says TEXT NOT NULL,
  search TEXT NOT NULL,
  book_hash TEXT NOT NULL REFERENCES book_state (hash)
) STRICT;
CREATE INDEX decision_by_time ON decision (recorded_at);
${appendOnly('decision')}
CREATE TRIGGER decision_once BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE seq = NEW.seq OR decision_id = NEW.decision_id)
BEGIN SELECT RAISE(ABORT, 'decision is append-only: the decision is known'); END;

CREATE VIEW decision_step AS
SELECT
  decision.decision_id,
  decision.seq,
  step.key AS position,
  step.value ->> '$.stage' AS stage,
  step.value ->> '$.rule' AS rule,
  step.value ->> '$.title' AS title,
  step.value ->> '$.before' AS before,
  step.value ->> '$.after' AS after,
  step.value ->> '$.factor' AS factor,
  step.value ->> '$.ceiling' AS ceiling,
  step.value ->> '$.passed' AS passed,
  step.value ->> '$.code' AS code,
  step.value -> '$.facts' AS facts,
  step.value ->> '$.says' AS says
FROM decision
JOIN audit USING (seq)
JOIN json_each(audit.body, '$.body.steps') AS step;
`
