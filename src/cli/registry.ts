import { arm } from './commands/arm.ts'
import { audit } from './commands/audit.ts'
import { backup } from './commands/backup.ts'
import { book } from './commands/book.ts'
import { compare } from './commands/compare.ts'
import { correlation } from './commands/correlation.ts'
import { decisions } from './commands/decisions.ts'
import { edge } from './commands/edge.ts'
import { halt } from './commands/halt.ts'
import { importFiles } from './commands/import.ts'
import { invert } from './commands/invert.ts'
import { lab } from './commands/lab.ts'
import { limits } from './commands/limits.ts'
import { lock } from './commands/lock.ts'
import { mc } from './commands/mc.ts'
import { optimize } from './commands/optimize.ts'
import { portfolio } from './commands/portfolio.ts'
import { portfolioStatus } from './commands/portfolio-status.ts'
import { profile } from './commands/profile.ts'
import { propfirm } from './commands/propfirm.ts'
import { replay } from './commands/replay.ts'
import { sensors } from './commands/sensors.ts'
import { serve } from './commands/serve.ts'
import { size } from './commands/size.ts'
import { stats } from './commands/stats.ts'
import { status } from './commands/status.ts'
import { whatIf } from './commands/what-if.ts'
import type { CommandMaker } from './define-command.ts'

/** Every command. A new one is a file in `commands/` and a line here. */
export const commands: readonly CommandMaker[] = [
  size,
  compare,
  invert,
  importFiles,
  limits,
  edge,
  portfolioStatus,
  portfolio,
  stats,
  correlation,
  sensors,
  optimize,
  mc,
  propfirm,
  lab,
  decisions,
  replay,
  whatIf,
  audit,
  book,
  profile,
  backup,
  status,
  halt,
  lock,
  arm,
  serve,
]
