import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ballast, ballastJson } from './run-ballast.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballast-cli-edge-'))
const where = ['--data-dir', folder] as const

beforeAll(async () => {
  expect((await ballast(['book', 'sample', ...where])).exit).toBe(0)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the edge on the command line', { timeout: 60_000 }, () => {
  it('is one document for programs', async () => {
    const { exit, document } = await ballastJson(['edge', '--strategy', 'macro', '--days', '365', ...where])
    expect(exit).toBe(0)
    expect(document).toMatchObject({ ok: true, scope: 'strategy macro, 365 days', confidence: 'MODERATE' })
  })

  it('is a table for people, and so is its history', async () => {
    const { stdout } = await ballast(['edge', '--strategy', 'breakout', ...where])
    expect(stdout).toMatch(/^strategy breakout: \d+ trades/)
    expect(stdout).toMatch(/Win rate +\d+\.\d % {2}95 %: \d/)
    const history = await ballast(['edge', '--strategy', 'breakout', '--history', ...where])
    expect(history.stdout).toMatch(/^Strategy breakout, windows of \d+ days, staked by kelly_trades\n\n +Day +Trades/)
  })
})

describe('the portfolio status on the command line', { timeout: 60_000 }, () => {
  it('shares a budget among the strategies', async () => {
    const { stdout } = await ballast(['portfolio-status', '--budget', '0.03', ...where])
    expect(stdout).toContain('of the budget of 3.00 % is used')
    expect(stdout).toMatch(/breakout, macro/)
  })

  it('refuses a budget that is no share', async () => {
    const { exit, document } = await ballastJson(['portfolio-status', '--budget', '3', ...where])
    expect(exit).not.toBe(0)
    expect(document).toMatchObject({ ok: false, code: 'UNIT_MISMATCH', field: 'budget' })
  })
})
