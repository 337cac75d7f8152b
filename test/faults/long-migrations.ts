import { MIGRATIONS, type Migration } from '../../src/store/migrations/registry.ts'

const fill = (table: string): string => `
CREATE TABLE ${table} (n INTEGER PRIMARY KEY, half TEXT) STRICT;
WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 60000)
INSERT INTO ${table} SELECT n, printf('%0100d', n) FROM counted;
UPDATE ${table} SET half = 'done';`

/** The released steps and two that take long enough to be killed in. */
export const LONG_MIGRATIONS: readonly Migration[] = [
  ...MIGRATIONS,
  { id: '9001_first', sql: fill('first') },
  { id: '9002_second', sql: fill('second') },
]
