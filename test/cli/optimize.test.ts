import { describe, expect, it } from 'vitest'
import { ballast, ballastJson } from './run-ballast.ts'

const fair = {
  method: 'kelly_mvo',
  mu: [0.1, 0.12, 0.07],
  sigma: [
    [0.04, 0.01, 0],
    [0.01, 0.09, 0.01],
    [0, 0.01, 0.02],
  ],
  upper: 0.5,
  volatilityCap: 0.12,
}
const impossible = { ...fair, upper: 0.3, volatilityCap: null }
const run = (problem: object) => ballastJson(['optimize'], { input: JSON.stringify(problem) })

describe('ballast optimize', () => {
  it('answers a problem on stdin with one document, without a book', async () => {
    const { exit, document } = await run(fair)
    expect(exit).toBe(0)
    expect(document).toMatchObject({ ok: true, status: 'optimal', method: 'kelly_mvo' })
    const { weights, volatility, duals } = document as {
      weights: number[]
      volatility: number
      duals: { volatilityCap: number; upper: number[] }
    }
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 8)
    expect(volatility).toBeCloseTo(0.12, 8)
    expect(duals.volatilityCap).toBeGreaterThan(0.1)
    expect(duals.upper).toEqual([0, 0, 0])
  })

  it('names the limits that cannot hold together, and ends as refused without weights', async () => {
    const { exit, document } = await run(impossible)
    expect(exit).toBe(3)
    expect(document).toMatchObject({ ok: false, code: 'INFEASIBLE', status: 'infeasible' })
    expect(document).not.toHaveProperty('weights')
    expect((document['infeasible'] as { limit: string }[]).map(({ limit }) => limit)).toEqual([
      'budget.min',
      'upper[0]',
      'upper[1]',
      'upper[2]',
    ])
  })

  it('says in a sentence which field is wrong', async () => {
    const { exit, document } = await run({ ...fair, mu: [0.1] })
    expect(exit).toBe(3)
    expect(document).toMatchObject({
      ok: false,
      code: 'INPUT_OUT_OF_RANGE',
      field: 'mu',
      says: 'mu has 1 numbers; it must have 3 numbers, one per asset.',
    })
    expect((await ballastJson(['optimize'], { input: '{' })).document).toMatchObject({ code: 'INPUT_MALFORMED' })
    expect((await ballastJson(['optimize'], { input: ' ' })).exit).toBe(2)
  })

  it('answers a line for a line, in order, also where there is no answer', async () => {
    const input = [fair, impossible, { ...fair, method: 'magic' }].map((one) => JSON.stringify(one))
    const { exit, stdout } = await ballast(['optimize', '--lines'], { input: `${input.join('\n')}\n{\n` })
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { status: string; says?: string })
    expect(answers.map(({ status }) => status)).toEqual(['optimal', 'infeasible', 'refused', 'refused'])
    expect(answers[2]?.says).toContain('method is «magic»')
    expect(answers[3]?.says).toContain('line 4')
    expect(exit).toBe(3)
  })

  it('shows a table to a person', async () => {
    const { exit, stdout } = await ballast(['optimize'], {
      input: JSON.stringify({ ...fair, names: ['SPY', 'QQQ', 'TLT'] }),
    })
    expect(exit).toBe(0)
    expect(stdout).toMatch(/SPY +\d+\.\d\d % +\d+\.\d\d %/)
    expect(stdout).toContain('volatility 12.00 %')
    expect(stdout).toContain('the volatility is at most 0.12')
    const none = await ballast(['optimize'], { input: JSON.stringify(impossible) })
    expect(none.stdout).toContain('These limits cannot hold together')
  })
})
