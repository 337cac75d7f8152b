import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Inverse, MethodComparison, WhatIf } from '../../src/contract/what-if.ts'
import { ballast, ballastJson } from './run-ballast.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballast-cli-'))
const where = ['--data-dir', join(folder, 'books')] as const
const order = ['--symbol', 'AAPL', '--side', 'buy', '--entry', '224.95', '--stop', '210'] as const
let decisionId = ''

beforeAll(async () => {
  await ballastJson(['book', 'sample', ...where])
  const { document } = await ballastJson(['size', ...order, ...where])
  decisionId = String(document['decisionId'])
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const withoutOk = ({ ok, ...document }: Readonly<Record<string, unknown>>): unknown => {
  expect(ok).toBe(true)
  return document
}

describe('asking on the command line', { timeout: 120_000 }, () => {
  it('inverts an order from options and from stdin alike', async () => {
    const options = await ballastJson(['invert', '--quantity', '90', '--solve', 'stop,risk', ...order, ...where])
    const inverse = Inverse.parse(withoutOk(options.document))
    expect(inverse.answers.map(({ unknown, kind }) => [unknown, kind])).toEqual([
      ['stop', 'found'],
      ['risk', 'found'],
    ])
    const request = { symbol: 'AAPL', side: 'buy', entry: '224.95', stop: '210' }
    const input = JSON.stringify({ request, quantity: '90', unknowns: ['stop', 'risk'] })
    const stdin = await ballastJson(['invert', ...where], { input })
    expect(stdin.document).toEqual(options.document)
  })

  it('tells a person what would allow it and which settings would have to move', async () => {
    const { stdout, exit } = await ballast(['invert', '--quantity', '400', '--through', 'typed', ...order, ...where])
    expect(exit).toBe(0)
    expect(stdout).toMatch(/^400, typed: not allowed as it stands\./)
    expect(stdout).toMatch(
      /Each alone[^]*stop[^]*equity[^]*Limits in the way[^]*ceilings\.daily_loss\.max: 0\.03 → 0\.\d+/,
    )
  })

  it('compares every method, and marks the one that is chosen', async () => {
    const { document } = await ballastJson(['compare', ...order, ...where])
    expect(MethodComparison.parse(withoutOk(document)).rows.length).toBeGreaterThanOrEqual(15)
    const { stdout } = await ballast(['compare', ...order, ...where])
    expect(stdout).toMatch(/> {2}fixed_risk .*\d/)
    expect(stdout).toMatch(/kelly_conservative .*EDGE_UNCERTAIN/)
  })

  it('decides a stored decision with other inputs, marked, and records nothing', async () => {
    const set = ['--set', 'request.stop=215', 'profile.ceilings.risk_per_trade.max=0.001']
    const { document } = await ballastJson(['what-if', decisionId, ...set, ...where])
    const answer = WhatIf.parse(withoutOk(document))
    expect(answer).toMatchObject({ mark: 'WHAT-IF', changes: [{ to: '215' }, { to: '0.001' }] })
    const { stdout } = await ballast(['what-if', decisionId, ...set, ...where])
    expect(stdout).toMatch(/^WHAT-IF, not recorded[^]*Order: Stop {2}210 → 215[^]*\* {2}Size[^]*Ladder[^]*Steps/)
    expect((await ballastJson(['decisions', ...where])).document['total']).toBe(1)
    const { stdout: inputs } = await ballast(['what-if', decisionId, '--list', ...where])
    expect(inputs).toMatch(/request\.stop +210 +Order: Stop/)
  })

  it('says by name what it does not understand', async () => {
    const says = async (words: readonly string[]) => {
      const { exit, document } = await ballastJson([...words, ...where])
      return [exit, document['field']]
    }
    expect(await says(['invert', ...order])).toEqual([2, '--quantity'])
    expect(await says(['invert', '--quantity', '1', '--through', 'luck', ...order])).toEqual([2, '--through'])
    expect(await says(['invert', '--quantity', '1', '--solve', 'moon', ...order])).toEqual([2, '--solve'])
    expect(await says(['what-if', decisionId, '--set', 'stop'])).toEqual([2, '--set'])
    expect(await says(['what-if', decisionId, '--set', 'request.none=1'])).toEqual([3, 'request.none'])
    expect(await says(['what-if', 'none'])).toEqual([4, 'decisionId'])
  })
})
