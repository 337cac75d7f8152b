import { appendOnly } from '../column-checks.ts'

/** Orders as they were sent, what became of them, the paper broker and where a replay is. */
export const sql = `
CREATE TABLE order_ticket (
  client_id TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('entry', 'exit', 'protect')),
  broker TEXT NOT NULL,
  at INTEGER NOT NULL,
  ticket TEXT NOT NULL CHECK (json_valid(ticket)),
  seq INTEGER NOT NULL REFERENCES audit (seq)
) STRICT;
CREATE INDEX order_ticket_by_log ON order_ticket (seq);
${appendOnly('order_ticket')}

CREATE TABLE order_fact (
  id INTEGER PRIMARY KEY,
  client_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  fact TEXT NOT NULL CHECK (json_valid(fact)),
  seq INTEGER NOT NULL REFERENCES audit (seq)
) STRICT;
${appendOnly('order_fact')}

-- What the paper broker goes on from: derived from the facts, and changed with them.
CREATE TABLE paper_order (
  client_id TEXT PRIMARY KEY,
  place INTEGER NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE trading_state (
  key TEXT PRIMARY KEY CHECK (key IN ('paper', 'replay')),
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
`
