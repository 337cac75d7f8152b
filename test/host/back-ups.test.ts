import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backUpFolder } from '../../src/host/back-up-folder.ts'
import { backUpBook } from '../../src/store/back-up.ts'
import { lastBackUp } from '../../src/host/back-up-note.ts'
import { backUpsToKeep } from '../../src/host/back-ups-to-keep.ts'
import { installedVersion } from '../../src/host/installed-version.ts'
import { temporaryBook } from '../store/temporary-shelf.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.UTC(2026, 10, 20, 15, 30)

describe('backups that are kept', () => {
  it('are the newest of the last 24 hours and of the last 30 days that have one', () => {
    const hourly = Array.from({ length: 24 * 60 }, (_, hour) => NOW - hour * HOUR)
    const kept = [...backUpsToKeep(hourly)].sort((a, b) => b - a)
    expect(kept.slice(0, 24)).toEqual(hourly.slice(0, 24))
    // 24 hours cover today and a part of yesterday; 28 more days keep the newest of theirs.
    expect(kept).toHaveLength(24 + 29 - 1 + 0)
    for (const at of kept.slice(24)) expect(new Date(at).getUTCHours()).toBe(23)
  })

  it('always have the newest one, and never more than 54', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 * DAY }), { minLength: 1, maxLength: 200 }), (made) => {
        const kept = backUpsToKeep(made)
        expect(kept.has(Math.max(...made))).toBe(true)
        expect(kept.size).toBeLessThanOrEqual(54)
        expect(made).toEqual(expect.arrayContaining([...kept]))
        expect(backUpsToKeep([...kept])).toEqual(kept)
      }),
    )
  })

  it('leave everything else in the folder alone', async () => {
    const { folder, path, book } = temporaryBook()
    const backups = join(folder, 'backups')
    mkdirSync(backups)
    const foreign = ['notes.txt', 'other-20260101T000000000Z.ballast', `${book.info.name}-mine.ballast`]
    for (const name of foreign) writeFileSync(join(backups, name), '')
    const make = backUpFolder(folder, backUpBook)
    for (let minute = 0; minute < 4; minute += 1) await make({ path }, NOW + minute * 60_000)
    const last = lastBackUp(path)
    expect(last).toEqual({ at: NOW + 180_000, file: expect.stringMatching(/-20261120T153300000Z\.ballast$/) as string })
    const names = readdirSync(backups)
    expect(names).toEqual(expect.arrayContaining(foreign))
    const left = names.filter((name) => !foreign.includes(name))
    expect(left.every((name) => name.includes('20261120T153300000Z.ballast'))).toBe(true)
    expect(left.length).toBeGreaterThanOrEqual(2)
  })
})

describe('the note of a backup', () => {
  it('of an older Ballast tells the time alone, and one that is no note tells none', () => {
    const book = join(temporaryFolder(), 'b.ballast')
    expect(lastBackUp(book)).toBeUndefined()
    writeFileSync(`${book}.backed-up`, `${NOW}\n`)
    expect(lastBackUp(book)).toEqual({ at: NOW, file: null })
    for (const text of ['', 'soon', '-5', '1.5']) {
      writeFileSync(`${book}.backed-up`, text)
      expect(lastBackUp(book)).toBeUndefined()
    }
  })
})

describe('the installed version', () => {
  it('is that of the nearest package of Ballast above, and not known without one', () => {
    const folder = temporaryFolder()
    const inner = join(folder, 'out', 'main')
    mkdirSync(inner, { recursive: true })
    expect(installedVersion(inner)).toBeUndefined()
    writeFileSync(join(folder, 'package.json'), '{ "name": "ballast", "version": "3.1.0" }')
    writeFileSync(join(folder, 'out', 'package.json'), '{ "name": "other", "version": "9.9.9" }')
    writeFileSync(join(inner, 'package.json'), '{ broken')
    expect(installedVersion(inner)).toBe('3.1.0')
  })
})
