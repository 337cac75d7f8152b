import { readFileSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isFresh, noteBuilt } from '../../electron/launch/build.mjs'
import { addFiles, temporaryFolder } from '../support/temporary-folder.ts'

const built = (): string => {
  const products = ['main/index.js', 'main/desk.js', 'main/cli.js', 'preload/preload.cjs', 'renderer/index.html']
  const folder = temporaryFolder({
    'src/a.ts': 'a',
    'src/deep/b.ts': 'b',
    'electron/main.ts': 'm',
    'package-lock.json': '{}',
    ...Object.fromEntries(products.map((product) => [`out/${product}`, ''])),
  })
  noteBuilt(folder)
  return folder
}

describe('the build', () => {
  it('is left alone while its sources are as they were', () => expect(isFresh(built())).toBe(true))

  it('is left alone after a copy, which changes times alone, and notes the new times', () => {
    const folder = built()
    utimesSync(join(folder, 'src/a.ts'), 1, 1)
    const before = readFileSync(join(folder, 'out/.built.json'), 'utf8')
    expect(isFresh(folder)).toBe(true)
    expect(readFileSync(join(folder, 'out/.built.json'), 'utf8')).not.toBe(before)
  })

  it('is left alone by what checkers leave beside the sources', () => {
    const folder = built()
    addFiles(folder, { 'src/.svelte-check/x.ts': 'x' })
    expect(isFresh(folder)).toBe(true)
  })

  it.each<[string, (folder: string) => void]>([
    ['changed', (folder) => addFiles(folder, { 'src/a.ts': 'A' })],
    ['added', (folder) => addFiles(folder, { 'src/deep/c.ts': '' })],
    ['removed', (folder) => rmSync(join(folder, 'src/deep/b.ts'))],
    ['replaced by another lock', (folder) => addFiles(folder, { 'package-lock.json': '{ }' })],
  ])('is done again when a source was %s', (_what, change) => {
    const folder = built()
    change(folder)
    expect(isFresh(folder)).toBe(false)
  })

  it.each(['main/desk.js', 'renderer/index.html', '.built.json'])('is done again when out/%s is gone', (file) => {
    const folder = built()
    rmSync(join(folder, 'out', file))
    expect(isFresh(folder)).toBe(false)
  })
})
