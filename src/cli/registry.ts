import { audit } from './commands/audit.ts'
import { backup } from './commands/backup.ts'
import { book } from './commands/book.ts'
import { decisions } from './commands/decisions.ts'
import { importFiles } from './commands/import.ts'
import { limits } from './commands/limits.ts'
import { replay } from './commands/replay.ts'
import { serve } from './commands/serve.ts'
import { size } from './commands/size.ts'
import type { CommandMaker } from './define-command.ts'

/** Every command. A new one is a file in `commands/` and a line here. */
export const commands: readonly CommandMaker[] = [
  size,
  importFiles,
  limits,
  decisions,
  replay,
  audit,
  book,
  backup,
  serve,
]
