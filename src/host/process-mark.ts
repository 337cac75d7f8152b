import { readFileSync } from 'node:fs'

/** A process, told from a later one with the same number by when it started ('' where the system does not say). */
export interface ProcessMark {
  readonly pid: number
  readonly started: string
}

/** The mark of a process that runs now; of this one when no number is given. */
export function markProcess(pid = process.pid): ProcessMark {
  return { pid, started: startOf(pid) }
}

/** Whether the process that wrote this mark still runs. */
export function stillRuns({ pid, started }: ProcessMark): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || !exists(pid)) return false
  const now = startOf(pid)
  return started === '' || now === '' || now === started
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function startOf(pid: number): string {
  if (process.platform !== 'linux') return ''
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Field 22, counted after the command name, which may itself hold spaces and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
