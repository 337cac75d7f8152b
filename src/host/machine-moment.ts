import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Moment } from '../desk/state/ports.ts'

/** One look at this machine's clocks: the wall clock, and the one nobody can set with the name of what it counts from. */
export function machineMoment(): Moment {
  return { wall: Date.now(), mono: Math.floor(Number(process.hrtime.bigint() / 1_000_000n)), boot }
}

const boot = bootName()

/** Linux counts from its start and names it, so that a later process can compare; elsewhere each process counts alone. */
function bootName(): string {
  if (process.platform !== 'linux') return randomUUID()
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return randomUUID()
  }
}
