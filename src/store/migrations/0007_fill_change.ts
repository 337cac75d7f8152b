import { appendOnly } from '../column-checks.ts'

/** What a venue said later of executions: void, or other than first stated. The fill itself stays as it was written. */
export const sql = `
CREATE TABLE fill_change (
  fill_id TEXT NOT NULL,
  -- 0 is the bust, which stands whatever else was said; of corrections the highest stands.
  revision INTEGER NOT NULL CHECK (revision >= 0),
  account_id TEXT NOT NULL REFERENCES account (account_id),
  at INTEGER NOT NULL,
  -- The fill as corrected; nothing for a bust.
  corrected TEXT CHECK (corrected IS NULL OR json_valid(corrected)),
  seq INTEGER NOT NULL REFERENCES audit (seq),
  CHECK ((revision = 0) = (corrected IS NULL)),
  PRIMARY KEY (fill_id, revision)
) STRICT;
CREATE INDEX fill_change_by_account ON fill_change (account_id, fill_id, revision);
${appendOnly('fill_change')}
`
