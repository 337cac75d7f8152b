import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { apiTokenOf } from '../../src/host/api-token.ts'
import { claimDataDir } from '../../src/host/claim.ts'
import { markProcess } from '../../src/host/process-mark.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballast-claim-'))
let count = 0
let dataDir: string
const file = (): string => join(dataDir, 'open.json')
beforeEach(() => {
  dataDir = join(folder, String(count++), 'books')
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('a data folder', () => {
  it('is made, readable by its owner alone, and held by one process at a time', () => {
    const claim = claimDataDir(dataDir, 'desk')
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
    expect(() => claimDataDir(dataDir, 'window')).toThrow(`Process ${process.pid} has ${dataDir} open`)
    claim.release()
    claimDataDir(dataDir, 'window').release()
    expect(existsSync(file())).toBe(false)
  })

  it('says where its desk host answers', () => {
    const claim = claimDataDir(dataDir, 'desk')
    claim.announce('http://127.0.0.1:1')
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({
      ...markProcess(),
      kind: 'desk',
      url: 'http://127.0.0.1:1',
    })
    claim.release()
  })

  const dead = spawnSync(process.execPath, ['-e', '']).pid
  it.each([
    ['a process that ended', JSON.stringify({ pid: dead, started: '1' })],
    ['an earlier process with our number', JSON.stringify({ pid: process.pid, started: 'earlier' })],
    ['half a file', '{"pid":'],
  ])('is taken over from %s', (_case, text) => {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file(), text)
    claimDataDir(dataDir, 'desk').release()
  })

  it('that cannot be made is refused with a sentence', () => {
    mkdirSync(join(folder, String(count)), { recursive: true })
    writeFileSync(join(folder, 'a-file'), '')
    expect(() => claimDataDir(join(folder, 'a-file', 'books'), 'desk')).toThrow('choose another folder with --data-dir')
  })

  it('keeps one API token that only its owner reads', () => {
    mkdirSync(dataDir, { recursive: true })
    const token = apiTokenOf(dataDir)
    expect(token).toHaveLength(32)
    expect(apiTokenOf(dataDir)).toBe(token)
    expect(statSync(join(dataDir, 'api-token')).mode & 0o777).toBe(0o600)
  })
})
