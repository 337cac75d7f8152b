import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ballast, ballastJson } from './run-ballast.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballast-cli-odds-'))
const where = ['--data-dir', folder] as const
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('propfirm', { timeout: 120_000 }, () => {
  const days = JSON.stringify({ days: [[1], [-1], [1, 0.5], [-1]] })
  const fresh = '--stdin --program ftmo-2-step --initial 100000 --risk 0.01 --paths 400'.split(' ')

  it('gives the same odds for any number of workers, and another seed gives others', async () => {
    const odds = async (...more: string[]): Promise<unknown> => {
      const { document } = await ballastJson(['propfirm', ...fresh, ...more, ...where], { input: days })
      expect(document).toMatchObject({ ok: true, paths: 400, daysUsed: 4 })
      return document['tradeCurve']
    }
    const one = await odds('--workers', '1')
    expect(await odds('--workers', '3')).toEqual(one)
    expect(await odds('--seed', '2')).not.toEqual(one)
  })

  it('tells people what the next order does', async () => {
    const { stdout } = await ballast(['propfirm', ...fresh, '--order-risk', '0.02', ...where], { input: days })
    expect(stdout).toMatch(/Passes \d/)
    expect(stdout).toMatch(/With the order: passes \d/)
    expect(stdout).toMatch(/> \d+(\.\d+)? %/)
  })

  it('refuses an unknown program by its field', async () => {
    const words = ['propfirm', '--stdin', '--program', 'no-such', '--initial', '100000', ...where]
    const { exit, document } = await ballastJson(words, { input: days })
    expect([exit, document['code'], document['field']]).toEqual([4, 'NOT_FOUND', 'programId'])
  })
})

describe('lab', { timeout: 120_000 }, () => {
  it('flags the bundled example at skill 0.6, and not at 0', async () => {
    const { stdout } = await ballast(['lab', '--example', '--paths', '252', ...where])
    expect(stdout).toContain('LOOK-AHEAD SUSPECTED')
    expect(stdout).toMatch(
      /Growth a year by how often.*0.1 % of what is traded\n.*daily +every 5 d +every 21 d +every 63 d/,
    )
    const { document } = await ballastJson(['lab', '--skill', '0', ...where])
    expect(document).toMatchObject({ ok: true, lookAhead: { suspected: false } })
  })

  it('reads forecasts from a file, and refuses a broken line by its number', async () => {
    const file = join(folder, 'forecasts.csv')
    const line = (day: number, earned: string): string => `2026-01-0${day},ABC,0.001,${earned},0.01`
    writeFileSync(file, ['date,symbol,forecast,return,volatility', line(1, '0.01'), line(2, '-0.01')].join('\n'))
    const { document } = await ballastJson(['lab', '--csv', file, ...where])
    expect(document).toMatchObject({ ok: true, periods: 2, assets: ['ABC'] })
    writeFileSync(file, ['date,symbol,forecast,return,volatility', line(1, '0.01'), line(2, 'NaN')].join('\n'))
    const refused = await ballastJson(['lab', '--csv', file, ...where])
    expect(refused.document).toMatchObject({ ok: false, says: expect.stringContaining('line 3') as string })
  })
})
