import { writeSync } from 'node:fs'
import { openForWriting } from '../../src/store/connection.ts'
import { migrate } from '../../src/store/migrate.ts'
import { LONG_MIGRATIONS } from './long-migrations.ts'

/** Runs two long steps over a book and says when it begins and when it is done. */
const [, , path = ''] = process.argv
const connection = openForWriting(path)
writeSync(1, 'begins\n')
migrate(path, connection, LONG_MIGRATIONS, 1)
writeSync(1, 'done\n')
connection.close()
