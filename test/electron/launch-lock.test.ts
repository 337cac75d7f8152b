import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lockFile, startOf, stillRuns, withLock } from '../../electron/launch/lock.mjs'
import { temporaryFolder } from '../support/temporary-folder.ts'

const module = resolve('electron/launch/lock.mjs')
const dead = (): number => spawnSync(process.execPath, ['-e', '']).pid

function heldBy(file: string, ...marks: object[]): void {
  writeFileSync(file, JSON.stringify(marks))
  utimesSync(file, 1, 1)
}

describe('a lock', () => {
  it('lets one process at a time do the work, whoever comes', async () => {
    const folder = temporaryFolder()
    const [file, diary] = [join(folder, 'lock'), join(folder, 'diary')]
    const work = `
      import { appendFileSync } from 'node:fs'
      import { withLock } from ${JSON.stringify(module)}
      await withLock(${JSON.stringify(file)}, 'work', async () => {
        appendFileSync(${JSON.stringify(diary)}, 'in ')
        await new Promise((resolve) => setTimeout(resolve, 30))
        appendFileSync(${JSON.stringify(diary)}, 'out ')
      })`
    const ends = Array.from({ length: 6 }, () => {
      const worker = spawn(process.execPath, ['--input-type=module', '-e', work], { stdio: 'ignore' })
      return new Promise((done) => worker.once('exit', done))
    })
    expect(await Promise.all(ends)).toEqual([0, 0, 0, 0, 0, 0])
    expect(readFileSync(diary, 'utf8')).toBe('in out '.repeat(6))
    expect(existsSync(file)).toBe(false)
  })

  it('is taken over from a process that was killed', async () => {
    const file = join(temporaryFolder(), 'lock')
    heldBy(file, { pid: dead(), started: '1' })
    expect(await withLock(file, 'work', () => 'done')).toBe('done')
  })

  it('is taken over from an earlier process with the number of a living one, and from half a file', async () => {
    const file = join(temporaryFolder(), 'lock')
    heldBy(file, { pid: process.pid, started: 'earlier' })
    expect(await withLock(file, 'work', () => 'done')).toBe('done')
    writeFileSync(file, '[{"pid":')
    utimesSync(file, 1, 1)
    expect(await withLock(file, 'work', () => 'done')).toBe('done')
  })

  it('is held on by the child of a process that was killed', async () => {
    const file = join(temporaryFolder(), 'lock')
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' })
    const pid = child.pid ?? expect.unreachable('a child')
    const order: string[] = []
    heldBy(file, { pid: dead(), started: '1' }, { pid, started: startOf(pid) })
    const waiting = withLock(file, 'work', () => order.push('work'))
    await new Promise((soon) => setTimeout(soon, 400))
    order.push('killed')
    child.kill('SIGKILL')
    await waiting
    expect(order).toEqual(['killed', 'work'])
  })

  it('is given back when the work fails', async () => {
    const file = join(temporaryFolder(), 'lock')
    await expect(withLock(file, 'work', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(existsSync(file)).toBe(false)
    appendFileSync(file, '')
  })

  it('is one per piece of work and folder', () => {
    expect(
      new Set([
        lockFile('install', '/a'),
        lockFile('build', '/a'),
        lockFile('install', '/b'),
        lockFile('install', '/a'),
      ]).size,
    ).toBe(3)
  })
})

it('a process is known by its number and its start', () => {
  expect(stillRuns({ pid: process.pid, started: startOf(process.pid) })).toBe(true)
  expect(stillRuns({ pid: dead(), started: '' })).toBe(false)
  for (const pid of [0, -1, 1.5, Number.NaN]) expect(stillRuns({ pid, started: '' })).toBe(false)
})
