// Text of released migrations is made of these: a change here would be another migration.

/** Plain decimal text: an optional minus, digits, at most one point with digits on both sides. */
export const decimal = (column: string): string =>
  `CHECK (length(${column}) <= 60 AND ${column} GLOB '[0-9-]*' AND ${column} <> '-' ` +
  `AND substr(${column}, 2) NOT GLOB '*[^0-9.]*' AND ${column} NOT GLOB '-.*' ` +
  `AND ${column} NOT GLOB '*.' AND ${column} NOT GLOB '*.*.*')`

/** As `decimal`, and greater than zero. */
export const positive = (column: string): string => `${decimal(column)} CHECK (CAST(${column} AS REAL) > 0)`

/** Lower-case hex of 32 bytes. */
export const hash = (column: string): string => `CHECK (length(${column}) = 64 AND ${column} NOT GLOB '*[^0-9a-f]*')`

/** Triggers that refuse every change of a row of a table. */
export const appendOnly = (table: string): string => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`
