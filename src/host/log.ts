import { pino, type Logger } from 'pino'

/** Where a host writes what a person may need later; never tokens, never amounts. */
export type Log = Pick<Logger, 'error' | 'warn' | 'info'>

/** A log of one JSON line per event on stderr, from warnings up. */
export function openLog(): Log {
  return pino({ level: 'warn', base: { pid: process.pid } }, pino.destination({ dest: 2, sync: true }))
}
