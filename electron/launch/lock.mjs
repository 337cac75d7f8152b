import { createHash } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { say } from './say.mjs'

/** The lock file for one piece of work on one folder, outside that folder so that it works where the folder is read-only. */
export function lockFile(work, folder, directory = tmpdir()) {
  const owner = createHash('sha256').update(`${userInfo().username}\0${folder}`).digest('hex').slice(0, 16)
  return join(directory, `ballast-${work}-${owner}.lock`)
}

/**
 * Runs `action` while no other process holds the lock; waits for a living holder, takes over from a dead one. The action gets
 * `alsoHeldBy(pid)`: a child that must have ended too before anyone else may start.
 */
export async function withLock(file, work, action) {
  await take(file, work)
  const alsoHeldBy = (pid) => writeFileSync(file, holders(process.pid, pid))
  try {
    return await action(alsoHeldBy)
  } finally {
    rmSync(file, { force: true })
  }
}

/** Whether the process that once wrote this mark still runs: a number reused by another process does not count. */
export function stillRuns({ pid, started }) {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  const now = startOf(pid)
  return started === '' || now === '' || now === started
}

/** What tells a process from a later one with the same number; empty where the system does not say. */
export function startOf(pid) {
  if (process.platform !== 'linux') return ''
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Field 22, counted after the command name, which may itself hold spaces and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

async function take(file, work) {
  for (let told = false; ;) {
    try {
      writeFileSync(file, holders(process.pid), { flag: 'wx', mode: 0o600 })
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const marks = readHolders(file)
    const alive = marks?.find(stillRuns)
    if (alive === undefined && old(file)) {
      removeStale(file, marks)
    } else {
      if (!told) say(`waiting for another ${work}${alive ? ` (process ${alive.pid})` : ''} to end`)
      told = true
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
  }
}

const holders = (...pids) => JSON.stringify(pids.map((pid) => ({ pid, started: startOf(pid) })))

function readHolders(file) {
  try {
    const marks = JSON.parse(readFileSync(file, 'utf8'))
    return Array.isArray(marks) ? marks : undefined
  } catch {
    return undefined
  }
}

// A lock is written in two steps (made, filled): one just made is not yet a dead one.
function old(file) {
  try {
    return Date.now() - statSync(file).mtimeMs > 500
  } catch {
    return true
  }
}

// Two waiters may see the same dead holder: whoever renames the file owns its removal, and gives it back if it was a new lock.
function removeStale(file, seen) {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (error.code === 'ENOENT') return
    throw error
  }
  if (JSON.stringify(readHolders(aside)) !== JSON.stringify(seen)) {
    try {
      linkSync(aside, file)
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
  }
  unlinkSync(aside)
}
