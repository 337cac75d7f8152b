import { writeSync } from 'node:fs'
import { aroundWrites } from './around-writes.ts'
import { DAYS, type DayKind } from './day-plan.ts'
import { ReplayedDay, type DayLine } from './replayed-day.ts'

/**
 * Goes through the acts of a day from the n-th on, and says what it tells as it tells it, until it is killed: by another, or
 * by itself at a boundary of its writes, where 1 is before the first, 2 after it, 3 before the second.
 */
const [, , dataDir = '', path = '', seed = '', from = '', run = '', boundary = '0', kind = ''] = process.argv
const tell = (line: DayLine): void => void writeSync(1, `${JSON.stringify(line)}\n`)
let passed = 0
const pass = (): void => {
  passed += 1
  if (passed === Number(boundary)) process.kill(process.pid, 'SIGKILL')
}
try {
  const first = Number(from)
  const over = (shelf: Parameters<typeof aroundWrites>[0]) => aroundWrites(shelf, pass, pass)
  const day = new ReplayedDay({ dataDir, path, from: first, run: Number(run), tell, over })
  // Safe: the parent names one of the kinds.
  const acts = DAYS[kind as DayKind].planOf(Number(seed))
  for (const [number, act] of acts.entries()) if (number >= first) await day.do(number, act)
  day.workspace.close()
} catch (error) {
  writeSync(2, `${error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 3
}
