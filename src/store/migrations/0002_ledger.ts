import { decimal, hash, positive } from '../column-checks.ts'

/** What was traded, what it is valued with, the settings, and the imports these came from. */
export const sql = `
CREATE TABLE account (
  account_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  currency TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  day_roll TEXT NOT NULL CHECK (day_roll GLOB '[0-2][0-9]:[0-5][0-9]'),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1))
) STRICT;

CREATE TABLE strategy (
  code TEXT PRIMARY KEY,
  budget TEXT ${decimal('budget')},
  fixed_quantity TEXT ${decimal('fixed_quantity')},
  method TEXT,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1))
) STRICT;

CREATE TABLE profile (
  seq INTEGER PRIMARY KEY REFERENCES audit (seq),
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  hash TEXT NOT NULL ${hash('hash')},
  yaml TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (name, version)
) STRICT;
CREATE INDEX profile_by_hash ON profile (hash);

CREATE TABLE import_batch (
  batch_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL UNIQUE REFERENCES audit (seq),
  at INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  format TEXT NOT NULL,
  account_id TEXT NOT NULL REFERENCES account (account_id),
  added TEXT NOT NULL CHECK (json_valid(added)),
  rows INTEGER NOT NULL,
  known INTEGER NOT NULL,
  conflicts TEXT NOT NULL CHECK (json_valid(conflicts)),
  skipped TEXT NOT NULL CHECK (json_valid(skipped)),
  undone_at INTEGER
) STRICT;

CREATE TABLE instrument (
  symbol TEXT PRIMARY KEY,
  asset_class TEXT NOT NULL,
  currency TEXT NOT NULL,
  point_value TEXT NOT NULL ${positive('point_value')},
  spec TEXT NOT NULL CHECK (json_valid(spec)),
  batch_id TEXT REFERENCES import_batch (batch_id)
) STRICT;
CREATE INDEX instrument_by_class ON instrument (asset_class);
CREATE INDEX instrument_by_batch ON instrument (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE fill (
  fill_id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (account_id),
  symbol TEXT NOT NULL REFERENCES instrument (symbol),
  at INTEGER NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('buy', 'sell')),
  quantity TEXT NOT NULL ${positive('quantity')},
  price TEXT NOT NULL ${decimal('price')},
  fee TEXT NOT NULL ${decimal('fee')},
  fee_currency TEXT NOT NULL,
  fx_rate TEXT ${positive('fx_rate')},
  strategy TEXT,
  stop TEXT ${decimal('stop')},
  tag TEXT,
  execution_id TEXT,
  stated_profit TEXT ${decimal('stated_profit')},
  source TEXT NOT NULL,
  -- Identity by the duplicate rule: the execution id, else the values and which of their twins it is.
  duplicate_key TEXT NOT NULL UNIQUE,
  batch_id TEXT REFERENCES import_batch (batch_id)
) STRICT;
CREATE INDEX fill_by_account ON fill (account_id, symbol, at, fill_id);
CREATE INDEX fill_by_symbol ON fill (symbol, at);
CREATE INDEX fill_by_batch ON fill (batch_id) WHERE batch_id IS NOT NULL;

-- Grows with each change of the fills of an account and symbol.
CREATE TABLE fill_version (
  account_id TEXT NOT NULL,
  symbol TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (account_id, symbol)
) STRICT, WITHOUT ROWID;

CREATE TABLE trade (
  trade_id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (account_id),
  symbol TEXT NOT NULL,
  strategy TEXT,
  tag TEXT,
  side TEXT NOT NULL CHECK (side IN ('long', 'short')),
  quantity TEXT NOT NULL ${positive('quantity')},
  entry_at INTEGER NOT NULL,
  entry_price TEXT NOT NULL ${decimal('entry_price')},
  exit_at INTEGER NOT NULL,
  exit_price TEXT NOT NULL ${decimal('exit_price')},
  fees TEXT NOT NULL ${decimal('fees')},
  profit TEXT NOT NULL ${decimal('profit')},
  currency TEXT NOT NULL,
  account_profit TEXT ${decimal('account_profit')},
  r TEXT ${decimal('r')},
  batch_id TEXT REFERENCES import_batch (batch_id)
) STRICT;
CREATE INDEX trade_by_account ON trade (account_id, exit_at, trade_id);
CREATE INDEX trade_by_batch ON trade (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE cash_flow (
  flow_id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (account_id),
  at INTEGER NOT NULL,
  kind TEXT NOT NULL
    CHECK (kind IN ('opening', 'deposit', 'withdrawal', 'dividend', 'interest', 'fee', 'tax', 'adjustment')),
  amount TEXT NOT NULL ${decimal('amount')},
  currency TEXT NOT NULL,
  account_amount TEXT ${decimal('account_amount')},
  note TEXT,
  source TEXT NOT NULL,
  batch_id TEXT REFERENCES import_batch (batch_id)
) STRICT;
CREATE INDEX cash_flow_by_account ON cash_flow (account_id, at, flow_id);
CREATE INDEX cash_flow_by_batch ON cash_flow (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE bar (
  symbol TEXT NOT NULL,
  interval TEXT NOT NULL CHECK (interval IN ('1m', '5m', '15m', '1h', '4h', '1d', '1w', '1mo')),
  at INTEGER NOT NULL,
  complete_at INTEGER NOT NULL CHECK (complete_at > at),
  open TEXT NOT NULL ${decimal('open')},
  high TEXT NOT NULL ${decimal('high')},
  low TEXT NOT NULL ${decimal('low')},
  close TEXT NOT NULL ${decimal('close')},
  volume TEXT ${decimal('volume')},
  batch_id TEXT REFERENCES import_batch (batch_id),
  PRIMARY KEY (symbol, interval, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX bar_by_batch ON bar (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE mark (
  symbol TEXT NOT NULL,
  at INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('typed', 'bar', 'fill', 'statement', 'feed')),
  price TEXT NOT NULL ${decimal('price')},
  batch_id TEXT REFERENCES import_batch (batch_id),
  PRIMARY KEY (symbol, at, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_by_batch ON mark (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE rate (
  from_currency TEXT NOT NULL,
  to_currency TEXT NOT NULL,
  at INTEGER NOT NULL,
  source TEXT NOT NULL,
  rate TEXT NOT NULL ${positive('rate')},
  batch_id TEXT REFERENCES import_batch (batch_id),
  PRIMARY KEY (from_currency, to_currency, at, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX rate_by_batch ON rate (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE preset (
  name TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  at INTEGER NOT NULL
) STRICT;
`
