import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ballast, ballastJson } from './run-ballast.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballast-cli-profile-'))
const shipped = 'resources/profiles'
const good = readFileSync(join(shipped, 'discretionary.yaml'), 'utf8')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length

describe('profile check', { timeout: 60_000 }, () => {
  it('finds nothing in the profiles that are shipped, and needs no book', async () => {
    const files = readdirSync(shipped)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(shipped, name))
    const { exit, document } = await ballastJson(['profile', 'check', ...files, '--data-dir', join(folder, 'none')])
    expect(exit).toBe(0)
    expect(document).toMatchObject({ ok: true, sound: true })
    expect(document['profiles']).toEqual(files.map((name) => ({ file: name, sound: true, faults: [], warnings: [] })))
  })

  it('tells every fault of every file at once, with line and key, and ends with 3', async () => {
    const text = good
      .replace('    risk: 0.01 # share', '    risk: 2 # share')
      .replace('aggregate: weakest_link', 'aggregate: strongest')
      .replace('  target_side: {}\n', '')
    const bad = file('bad.yaml', text)
    const broken = file('broken.yaml', 'schema: 1\nname: [')
    const { exit, stdout } = await ballast(['profile', 'check', bad, broken, file('good.yaml', good)])
    expect(exit).toBe(3)
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toEqual([
      expect.stringMatching(`^${bad}:${lineOf(text, 'aggregate')}:3: fault: general.aggregate `) as string,
      expect.stringMatching(
        `^${bad}:${lineOf(text, '    risk: 2')}:5: fault: methods.fixed_risk.risk .*2 % is 0.02`,
      ) as string,
      expect.stringMatching(`^${bad}:${lineOf(text, '\ngate:') + 1}:1: fault: gate.target_side `) as string,
      `${bad}: 3 faults`,
      expect.stringMatching(`^${broken}:2:\\d+: fault: The file is not YAML there`) as string,
      expect.stringMatching(`^${broken}: \\d fault`) as string,
      `${join(folder, 'good.yaml')}: sound`,
    ])
  })

  it('is one document for programs, faults and warnings with code, file, line, column and key', async () => {
    const text = good.replace('    max: 0.02 # twice', '    max: 0.005 # less than')
    const warned = file('warned.yaml', text)
    const { exit, document } = await ballastJson(['profile', 'check', warned])
    expect(exit).toBe(0)
    expect(document).toMatchObject({
      ok: true,
      sound: true,
      profiles: [
        { file: warned, sound: true, faults: [], warnings: [{ file: warned, line: expect.any(Number) as number }] },
      ],
    })
    const faulty = file('faulty.yaml', good.replace('schema: 1', 'schema: 7'))
    const refused = await ballastJson(['profile', 'check', faulty])
    expect(refused.exit).toBe(3)
    expect(refused.document).toMatchObject({
      ok: true,
      sound: false,
      profiles: [{ faults: [{ file: faulty, key: 'schema', code: 'VERSION_MIX', column: 1 }] }],
    })
  })

  it('ends with 4 where there is no such file, and with 2 where none is named', async () => {
    const { exit, document } = await ballastJson(['profile', 'check', join(folder, 'nowhere.yaml')])
    expect([exit, document['code'], document['field']]).toEqual([4, 'FILE_MISSING', 'file'])
    expect((await ballast(['profile', 'check', folder])).stderr).toContain('is a folder')
    expect((await ballast(['profile', 'check'])).exit).toBe(2)
    const large = await ballastJson(['profile', 'check', file('large.yaml', '#'.repeat(200_001))])
    expect([large.exit, large.document['code']]).toEqual([3, 'FILE_TOO_LARGE'])
  })
})

describe('the profiles of a book', { timeout: 60_000 }, () => {
  it('are listed, and the one in force is shown as a file that checks', async () => {
    const where = ['--data-dir', join(folder, 'books')] as const
    expect((await ballast(['book', 'sample', ...where])).exit).toBe(0)
    const { stdout } = await ballast(['profile', 'list', ...where])
    expect(stdout).toMatch(/^ +Profile/)
    expect(stdout).toMatch(/^\* +\S+ +shipped/m)
    const shown = await ballast(['profile', 'show', ...where])
    const checked = await ballast(['profile', 'check', file('shown.yaml', shown.stdout)])
    expect([shown.exit, checked.exit]).toEqual([0, 0])
  })
})
