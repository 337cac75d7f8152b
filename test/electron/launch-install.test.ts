import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { whyStale } from '../../electron/launch/install.mjs'
import { isModern, modernNode } from '../../electron/launch/node.mjs'
import { addFiles, temporaryFolder } from '../support/temporary-folder.ts'

const lock = (packages: object): object => ({ lockfileVersion: 3, packages })
const packages = {
  '': {},
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/a/node_modules/b': { version: '2.0.0' },
  'node_modules/elsewhere': { version: '1.0.0', optional: true },
  'node_modules/never': { version: '1.0.0', extraneous: true },
}
const present = {
  'node_modules/a': packages['node_modules/a'],
  'node_modules/a/node_modules/b': packages['node_modules/a/node_modules/b'],
}
const installed = (): string =>
  temporaryFolder({
    'package-lock.json': lock(packages),
    'node_modules/.package-lock.json': lock(present),
    'node_modules/a/package.json': {},
    'node_modules/a/node_modules/b/package.json': {},
  })

describe('the packages', () => {
  it('are left alone when they are as the lock says', () => expect(whyStale(installed())).toBeUndefined())

  it('are installed on a bare clone, and after an install that was interrupted', () => {
    expect(whyStale(temporaryFolder({ 'package-lock.json': lock(packages) }))).toContain('not installed')
    const folder = installed()
    rmSync(join(folder, 'node_modules', '.package-lock.json'))
    expect(whyStale(folder)).toContain('not completely')
    addFiles(folder, { 'node_modules/.package-lock.json': '{"packages":' })
    expect(whyStale(folder)).toContain('not completely')
  })

  it.each(['node_modules/a', 'node_modules/a/node_modules/b'])('are installed again when %s was deleted', (path) => {
    const folder = installed()
    rmSync(join(folder, path), { recursive: true })
    expect(whyStale(folder)).toMatch(/was removed$/)
  })

  it('are installed again when a single file of one was deleted, but not after a change by npm', () => {
    const folder = installed()
    addFiles(folder, { 'node_modules/a/lib/deep.js': '', 'node_modules/electron/dist/electron': '' })
    expect(whyStale(folder)).toBeUndefined()
    rmSync(join(folder, 'node_modules/electron/dist'), { recursive: true })
    expect(whyStale(folder)).toBeUndefined()
    rmSync(join(folder, 'node_modules/a/lib/deep.js'))
    expect(whyStale(folder)).toBe('1 files of the packages were removed')
    addFiles(folder, {
      'node_modules/.package-lock.json': { packages: { ...present, 'node_modules/more': { version: '1' } } },
    })
    expect(whyStale(folder)).toBeUndefined()
  })

  it('are installed again when the lock names another version, another content or one more', () => {
    const changed = (entry: object): string => {
      const folder = installed()
      addFiles(folder, { 'package-lock.json': lock({ ...packages, ...entry }) })
      return String(whyStale(folder))
    }
    expect(changed({ 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } })).toBe(
      'node_modules/a is 1.0.0 and the lock says 1.0.1',
    )
    expect(changed({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } })).toBe(
      'node_modules/a is not the locked one',
    )
    expect(changed({ 'node_modules/c': { version: '1.0.0' } })).toBe('node_modules/c is missing')
  })

  it('are installed again when they hold no Node that is new enough for the desk and this one is not', () => {
    expect(whyStale(installed(), undefined)).toBeUndefined()
    const old = { versions: { node: '20.20.2' }, execPath: '/old' }
    expect(modernNode(join(installed(), 'node_modules'), old as never)).toBeUndefined()
  })

  it('cannot be checked without a lock, and a sentence says so', () => {
    expect(() => whyStale(temporaryFolder())).toThrow('is missing or broken; restore it from the repository.')
  })

  it('are asked for in one sentence where the folder is read-only', () => {
    const folder = temporaryFolder({ 'package-lock.json': lock(packages) })
    cpSync('electron', join(folder, 'electron'), { recursive: true })
    chmodSync(folder, 0o555)
    // Root may write anywhere: the launcher runs as somebody who may not.
    const somebody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
    const run = spawnSync(process.execPath, [join(folder, 'electron', 'launch.mjs'), 'start'], {
      encoding: 'utf8',
      ...somebody,
    })
    chmodSync(folder, 0o755)
    expect(run.stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^ballast: The packages must be installed .* is read-only; copy it/),
    ])
    expect([run.status, run.stdout]).toEqual([1, ''])
  })
})

describe('a modern Node', () => {
  it('is this one when it is new enough', () => {
    expect(modernNode(undefined, { versions: { node: '24.1.0' }, execPath: '/here' } as never)).toBe('/here')
  })

  it('is else the one among the packages', () => {
    const platform = process.platform === 'win32' ? 'win' : process.platform
    const name = `node-${platform}-${process.arch}`
    const folder = temporaryFolder({
      [`${name}/package.json`]: { bin: { node: 'bin/node' } },
      [`${name}/bin/node`]: '',
    })
    expect(modernNode(folder, { versions: { node: '18.0.0' }, execPath: '/old' } as never)).toBe(
      join(folder, name, 'bin', 'node'),
    )
  })

  it.each([
    ['18.19.0', false],
    ['22.11.9', false],
    ['22.12.0', true],
    ['26.10.0', true],
  ])('%s: %s', (version, modern) => expect(isModern(version)).toBe(modern))
})
